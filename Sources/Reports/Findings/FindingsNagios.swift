import Advisor
import TCPModel

/// The line of a Nagios plug-in, with its exit code, and a line below it for all that is not met.
enum FindingsNagios: FindingsReporter {
  static let name = "nagios"

  /// So many are named in the first line, which is all that an operator may see.
  private static let named = 3

  static func text(of findings: [Finding], _ run: FindingsRun) -> String {
    let telling = findings.filter { !$0.isCountedAlone }
    let open = telling.filter(\.isMissed) + telling.filter(\.isUnknown)
    let values = findings.compactMap(\.nagiosValue).map(\.text).joined(separator: " ")
    let summary =
      findings.isEmpty
      ? "no objective was checked"
      : summary(of: findings, open, FindingsSummary(of: findings, run).onFiles)
    let first = "CHECK \(status(of: findings).word) - \(summary)".withoutBars
    let details = open.map { "\($0.status.name): \($0.clause)".withoutBars + "\n" }.joined()
    return "\(first) | \(values)".printableLine + "\n" + details
  }

  static func exitCode(of findings: [Finding]) -> Int32? { status(of: findings).rawValue }

  private static func status(of findings: [Finding]) -> NagiosStatus {
    let errors = findings.filter { $0.severity == .error }
    if errors.contains(where: \.isMissed) { return .critical }
    if findings.isEmpty || errors.contains(where: \.isUnknown) { return .unknown }
    return findings.contains { $0.isMissed && $0.severity == .warning } ? .warning : .ok
  }

  /// - Parameter open: those that are not met.
  private static func summary(of findings: [Finding], _ open: [Finding], _ onFiles: String?)
    -> String
  {
    let required = findings.filter { !$0.isOnFiles }
    let counts = [
      ("met", required.count { $0.status.isMet }), ("missed", required.count(where: \.isMissed)),
      ("unknown", required.count(where: \.isUnknown)),
    ].filter { $0.0 == "met" || $0.1 > 0 }.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
    let names = open.prefix(named).map(\.clause)
    let more = open.count - names.count
    return ([counts] + [onFiles].compactMap(\.self) + names).joined(separator: "; ")
      + (more > 0 ? " and \(more) more" : "")
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
