import Advisor
import TCPModel

extension [Sensitivity] {
  /// Returns a table of what one step down and up of each setting gives, with those that change
  /// nothing in a line below it.
  func section(beside timeline: Timeline) -> Document.Section {
    let felt = filter { $0.isTold(beside: timeline) }
    let others = filter { !$0.isTold(beside: timeline) }.map(\.name)
    let twins = felt.compactMap { change in
      change.option.map { "\($0.name) for \(change.name)" }
    }
    let notes: [RichText?] = [
      others.isEmpty ? nil : "not sensitive to \(others.joined(separator: ", "))",
      twins.isEmpty ? nil : "for one socket alone: \(twins.joined(separator: ", "))",
    ]
    let table = Document.Table(felt.flatMap { $0.rows(beside: timeline) })
    return Document.Section(
      "What would change it", [.table(table), .notes(notes.compactMap { $0 })])
  }
}

extension Timeline {
  /// What a step is held against.
  fileprivate var outcome: String { withAcceptance(toldWithoutOdds) }
}

extension Sensitivity {
  /// Whether a step changes the end as it is written.
  fileprivate func isTold(beside timeline: Timeline) -> Bool {
    [down, up].contains { step in
      step.map { $0.timeline.outcome != timeline.outcome } ?? false
    }
  }

  fileprivate var name: String {
    switch setting {
    case .sysctl(let key): String(key.shortName)
    case .option(let option): option.name
    }
  }

  /// `tcp_syn_retries  6 → 5  67.7–69.8 s`, and the same for the step up.
  fileprivate func rows(beside timeline: Timeline) -> [[String]] {
    let now = value.map { "\($0)" } ?? "unset"
    return [down, up].compactMap { $0 }.enumerated().map { index, step in
      let isSame = step.timeline.outcome == timeline.outcome
      return [
        index == 0 ? name : "", "\(now) → \(step.value)\(suffix)",
        isSame ? "the same" : step.timeline.outcome,
      ]
    }
  }

  private var suffix: String {
    switch setting {
    case .sysctl(let key): SysctlCatalog[key]?.unit.suffix ?? ""
    case .option(let option): option.unit == .flag ? "" : option.unit.suffix
    }
  }
}
