/// The state of a Nagios plug-in, as its exit code has it (Monitoring Plugins Development
/// Guidelines).
package enum NagiosStatus: Int32, Sendable {
  case ok = 0
  case warning = 1
  case critical = 2
  case unknown = 3

  var word: String {
    switch self {
    case .ok: "OK"
    case .warning: "WARNING"
    case .critical: "CRITICAL"
    case .unknown: "UNKNOWN"
    }
  }
}

extension NagiosStatus {
  /// Returns the line of a plug-in that could not even begin.
  ///
  /// - Parameter service: the name of the command, such as `probe`.
  package static func unknownLine(of service: String, because reason: String) -> String {
    // The rest of the line would be taken for numbers, and the rest of the lines for details.
    let words = reason.split { $0.isNewline || $0 == "|" }
    return "\(service.uppercased()) UNKNOWN - \(words.joined(separator: " "))".printableLine
  }
}

/// A number behind the bar of a plug-in's line.
struct NagiosValue {
  /// The first part of a line ends at a bar, and a label at its quote.
  let label: String
  /// With its unit; `U` where there is none.
  let value: String
  /// The range outside of which it is critical, such as `30` or `10:`.
  let critical: String

  var text: String {
    let label = String(label.map { "'=|".contains($0) ? "_" : $0 })
    return "'\(label)'=\(value);;\(critical)"
  }
}
