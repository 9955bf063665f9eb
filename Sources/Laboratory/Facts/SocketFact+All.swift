private import CEmbedded
package import Observations
package import TCPModel

extension SocketFact {
  /// Returns all that is run, in the order it is shown.
  /// - Parameter rules: those of the running kernel; nil if it is not known.
  package static func all(under rules: KernelRules?) throws(FactFileError) -> [SocketFact] {
    var facts: [SocketFact] = []
    for file in FactFile.embedded {
      let stated = try FactFile(file.text, named: "\(file.name).facts").facts
      facts += stated.map { $0.fact(under: rules) }
    }
    return facts
  }
}

extension FactFile {
  /// The files that the program carries, which are those of the folder Scripts.
  static let embedded: [(name: String, text: String)] = {
    let files = embedded_facts()
    return UnsafeBufferPointer(start: files.first, count: files.count).map {
      let bytes = UnsafeBufferPointer(start: $0.bytes, count: $0.length)
      return (String(cString: $0.name), String(decoding: bytes, as: UTF8.self))
    }
  }()
}
