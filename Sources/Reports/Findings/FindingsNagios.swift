package import Advisor
import TCPModel

/// The line of a Nagios plug-in, with its exit code, and a line below it for all that is not met.
package struct FindingsNagios: FindingsReporter {
  package static let name = "nagios"

  /// So many are named in the first line, which is all that an operator may see.
  private static let named = 3

  private var findings: [Finding] = []

  package init(_ run: FindingsRun) {}

  package mutating func add(_ finding: Finding) -> String {
    findings.append(finding)
    return ""
  }

  package func finish() -> String {
    let values = findings.compactMap(\.nagiosValue).map(\.text).joined(separator: " ")
    let first = "CHECK \(status.word) - \(summary)".withoutBars
    let details = open.map { "\($0.status.name): \($0.clause)".withoutBars + "\n" }.joined()
    return "\(first) | \(values)".printableLine + "\n" + details
  }

  package func exitCode() -> Int32? { status.rawValue }

  private var status: NagiosStatus {
    let errors = findings.filter { $0.severity == .error }
    if errors.contains(where: \.isMissed) { return .critical }
    if findings.isEmpty || errors.contains(where: \.isUnknown) { return .unknown }
    return findings.contains { $0.isMissed && $0.severity == .warning } ? .warning : .ok
  }

  private var open: [Finding] { findings.filter(\.isMissed) + findings.filter(\.isUnknown) }

  private var summary: String {
    let counts =
      "\(findings.count { $0.status.isMet }) met"
      + [
        ("missed", findings.count(where: \.isMissed)),
        ("unknown", findings.count(where: \.isUnknown)),
      ]
      .filter { $0.1 > 0 }.map { ", \($0.1) \($0.0)" }.joined()
    guard !findings.isEmpty else { return "no objective was checked" }
    let names = open.prefix(Self.named).map(\.clause)
    let more = open.count - names.count
    return ([counts] + names).joined(separator: "; ") + (more > 0 ? " and \(more) more" : "")
  }
}

extension Finding {
  /// What is required and what is: `pool.idle.within: within 2 min, ends after 131–136 min`.
  fileprivate var clause: String { "\(id): \(wish), \(reason)" }

  /// The time that is held against a bound; nil where the requirement is no time.
  fileprivate var nagiosValue: NagiosValue? {
    guard case .bound(let kind) = subject, let wanted = wanted?.time.decimalSeconds, !isUnknown
    else { return nil }
    let time = seconds(for: kind)
    // What nothing ends has no number that could be too small.
    if time == nil, kind == .survive { return nil }
    let value = time.map { "\($0.decimalSeconds)s" } ?? "U"
    return NagiosValue(
      label: id, value: value, critical: kind == .survive ? "\(wanted):" : wanted)
  }
}

extension String {
  /// The text of a plug-in on one line: what follows a bar would be taken for numbers.
  fileprivate var withoutBars: String { String(map { $0 == "|" ? "/" : $0 }).printableLine }
}
