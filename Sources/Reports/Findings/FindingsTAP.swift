import Advisor
import TCPModel

/// A test for each finding, in the Test Anything Protocol.
///
/// It says version 13, which every reader takes, and is valid as version 14 as well. What is not known
/// is skipped; what is missed and no error is marked TODO, so that no pipeline fails for it.
enum FindingsTAP: FindingsReporter {
  static let name = "tap"

  static func text(of findings: [Finding], _ run: FindingsRun) -> String {
    let tests = findings.enumerated().map { index, finding in
      let result = finding.isMissed ? "not ok" : "ok"
      let text = escaped("\(finding.id): \(finding.wish)")
      return "\(result) \(index + 1) - \(text)\(directive(of: finding))\n"
        + (finding.status.isMet ? "" : details(of: finding))
    }
    let plan = findings.isEmpty ? "1..0 # SKIP no objective was checked" : "1..\(findings.count)"
    return "TAP version 13\n\(tests.joined())\(plan)\n"
  }

  private static func directive(of finding: Finding) -> String {
    if finding.isUnknown { return " # SKIP \(escaped(finding.reason))" }
    return finding.isMissed && finding.severity != .error ? " # TODO a \(finding.severity)" : ""
  }

  private static func details(of finding: Finding) -> String {
    let fields: [(String, JSON)] = [
      ("message", .string(finding.reason.withoutLogCommands)),
      ("status", .string(finding.status.name)),
      ("severity", .string(finding.severity.rawValue)),
      ("wanted_seconds", .seconds(finding.wanted?.time)),
      ("remedy", .text(finding.remedyTexts.first?.withoutLogCommands)),
      ("at", .string(finding.location.description.withoutLogCommands)),
    ]
    return "  ---\n" + fields.map { "  \($0.0): \($0.1.line)\n" }.joined() + "  ...\n"
  }

  /// A `#` begins a directive.
  private static func escaped(_ text: String) -> String {
    text.printableLine.withoutLogCommands.replacingScalars(["#": "\\#", "\\": "\\\\"])
  }
}
