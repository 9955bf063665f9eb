import Advisor
import TCPModel

extension Document {
  /// What is known of a setting: its meaning, rows of facts, and what comes of it.
  init(
    setting name: String, _ meaning: String, _ rows: [[String]], in snapshot: SettingsSnapshot,
    scenarios: [ScenarioExplanation], pitfalls: [ApplicablePitfall], preference: String?
  ) {
    let ends = scenarios.map { explanation in
      let timeline = explanation.timeline
      return [
        timeline.scenario.rawValue, timeline.withAcceptance(timeline.text), explanation.whatIf,
      ]
    }
    self.init([
      Section(
        "\(name): \(meaning)", level: .title,
        [.paragraph("\(snapshot.kernelName), \(snapshot.tickName), \(snapshot.sourceText)")]),
      Section(on: snapshot, deciding: scenarios.flatMap(\.experiment.scenario.sysctls)),
      Section([.table(Table(rows))]),
      Section("What it decides: when the kernel gives up", [.table(Table(ends))]),
      Section("Common misconceptions", [.list(pitfalls.map(\.item))]),
      Section("Prefer", preference.map { [.paragraph(RichText($0))] } ?? []),
    ])
  }
}

extension ApplicablePitfall {
  /// Those that count for the values here are marked.
  fileprivate var item: RichText {
    countsHere
      ? "\(StatusMark("applies here:", .doubtful)) \(pitfall.sentence)" : "\(pitfall.sentence)"
  }
}

extension ScenarioExplanation {
  /// What is set, and what the peer does where that is not plain.
  fileprivate var whatIf: String {
    let set = experiment.options.isEmpty ? [] : ["with \(experiment.options.text)"]
    let stall =
      experiment.scenario.depends(on: .receiverFate) ? ["the peer dies as its window closes"] : []
    let family = experiment.scenario.depends(on: .family) ? [experiment.family.name] : []
    let unknown: [String] =
      if case .unknown(let reason) = timeline.ends { [reason] } else { [] }
    return (family + set + stall + unknown).joined(separator: "; ")
  }
}
