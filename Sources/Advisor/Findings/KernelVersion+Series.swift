package import TCPModel

extension KernelVersion {
  /// As rules and reports speak of a release: `6.18`, whatever its third number.
  package var series: String { "\(major).\(minor)" }
}
