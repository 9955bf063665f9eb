package import TCPModel

extension SocketFact {
  /// All that is played, in the order it is shown.
  /// - Parameter rules: those of the running kernel; nil where it is not known.
  package static func all(under rules: KernelRules?) -> [SocketFact] {
    ofConnect + [ofUserTimeout(under: rules)] + ofRoutes + ofMessages + ofFailures + ofDisconnect
      + ofRestarts + ofOptions(under: rules)
  }
}
