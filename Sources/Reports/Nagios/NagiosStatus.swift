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
    // The rest of the lines would be taken for details.
    let lines = reason.split(whereSeparator: \.isNewline).joined(separator: " ")
    return "\(service.uppercased()) UNKNOWN - \(lines)".withoutBars
  }
}

extension String {
  /// The text of a plug-in on one line: what follows a bar would be taken for numbers.
  var withoutBars: String { replacingScalars(["|": "/"]).printableLine }
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
    let label = label.replacingScalars(["'": "_", "=": "_", "|": "_"])
    return "'\(label)'=\(value);;\(critical)"
  }
}
