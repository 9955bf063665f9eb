import TCPModel

extension KernelVersion {
  /// As rules speak of a release: `6.18`, whatever its third number.
  var series: String { "\(major).\(minor)" }
}
