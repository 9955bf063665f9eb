import Advisor
import TCPModel

extension Document {
  /// What is asked, what is and what helps, finding by finding; notices on files are counted.
  init(of findings: [Finding], _ run: FindingsRun) {
    let shown = findings.filter { !$0.isCountedAlone }
    let hasMore = shown.count < findings.count
    let summary = FindingsSummary(of: findings, run)
    let lines = [
      summary.requirements,
      summary.onFiles.map { $0 + (hasMore ? "; `files` and `lint` list notices" : "") },
    ].compactMap(\.self)
    self.init(
      .statuses(shown.map { $0.entry(run.standings(of: $0)) }), .paragraph(RichText(lines[0])),
      .notes(lines.dropFirst().map { RichText($0) }))
  }
}

extension Finding {
  /// - Parameter standings: of the keys that would have to change.
  fileprivate func entry(_ standings: [SysctlStanding]) -> Document.StatusEntry {
    switch subject {
    case .bound, .middlebox, .silentDrop, .sysctl, .unreadFile:
      let remedies = remedyTexts.map { "; \($0)" }.joined()
      return Document.StatusEntry(
        status.mark, "\(id): \(wish)",
        details: ["\(reason)\(remedies)"] + standings.map { "\($0.key): \($0.reason)" })
    case .rule(let mistake):
      return Document.StatusEntry(
        StatusMark(severity.rawValue, severity.tone), "\(mistake.location): \(mistake.rule.id)",
        details: ["\(reason); \(mistake.remedy)"])
    case .drift(let drift):
      return Document.StatusEntry(
        drift.standing.verdict.mark, "\(drift.standing.key)",
        details: ["\(reason)"]
          + drift.remedies.prefix(1).map { $0.text(prefix: drift.standing.live.prefix) })
    }
  }
}

extension Finding.Severity {
  fileprivate var tone: StatusMark.Tone {
    switch self {
    case .error: .bad
    case .warning, .notice: .doubtful
    }
  }
}
