package import Advisor
import TCPModel

/// A test for each finding, in the Test Anything Protocol.
///
/// It says version 13, which every reader takes, and is valid as version 14 as well. What is not known
/// is skipped; what is missed and no error is marked TODO, so that no pipeline fails for it.
package struct FindingsTAP: FindingsReporter {
  package static let name = "tap"

  private var count = 0

  package init(_ run: FindingsRun) {}

  package func begin() -> String { "TAP version 13\n" }

  package mutating func add(_ finding: Finding) -> String {
    count += 1
    let result = finding.isMissed ? "not ok" : "ok"
    let text = Self.escaped("\(finding.id): \(finding.wish)")
    return "\(result) \(count) - \(text)\(directive(of: finding))\n"
      + (finding.status.isMet ? "" : details(of: finding))
  }

  package func finish() -> String {
    count == 0 ? "1..0 # SKIP no objective was checked\n" : "1..\(count)\n"
  }

  private func directive(of finding: Finding) -> String {
    if finding.isUnknown { return " # SKIP \(Self.escaped(finding.reason))" }
    return finding.isMissed && finding.severity != .error ? " # TODO a \(finding.severity)" : ""
  }

  private func details(of finding: Finding) -> String {
    let fields: [(String, JSON)] = [
      ("message", .string(finding.reason)), ("status", .string(finding.status.name)),
      ("severity", .string(finding.severity.rawValue)),
      ("wanted_seconds", .seconds(finding.wanted?.time)),
      ("remedy", .text(finding.remedies.first?.text(for: finding))),
      ("at", .string(finding.location.description)),
    ]
    return "  ---\n" + fields.map { "  \($0.0): \($0.1.line)\n" }.joined() + "  ...\n"
  }

  /// A `#` begins a directive.
  private static func escaped(_ text: String) -> String {
    text.printableLine.map { $0 == "#" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
  }
}
