import Advisor
import TCPModel

/// The parts that explanations of settings share.
enum ExplanationText {
  /// What is known of a setting: its meaning, and rows of facts.
  static func of(
    _ name: String, _ meaning: String, _ rows: [[String]], in snapshot: SettingsSnapshot,
    _ layout: TextLayout
  ) -> String {
    let kernel = snapshot.kernel.map { "Linux \($0)" } ?? "unknown kernel"
    let tick = snapshot.tickRate.map(\.description) ?? "HZ=100, 250 or 1000"
    return layout.fold("\(name): \(meaning)", hanging: 2)
      + layout.fold("\(kernel), \(tick), \(snapshot.source)") + "\n" + layout.table(rows)
  }

  /// What comes of it.
  static func judgement(
    _ scenarios: [ScenarioExplanation], _ pitfalls: [ApplicablePitfall], _ preference: String?,
    _ layout: TextLayout
  ) -> String {
    [
      self.scenarios(scenarios, layout), self.pitfalls(pitfalls, layout),
      better(preference, layout),
    ]
    .filter { !$0.isEmpty }.map { "\n" + $0 }.joined()
  }

  private static func scenarios(_ scenarios: [ScenarioExplanation], _ layout: TextLayout) -> String
  {
    guard !scenarios.isEmpty else { return "" }
    let rows = scenarios.map { [$0.experiment.scenario.rawValue, $0.timeline.text, $0.whatIf] }
    return layout.section("What it decides: when the kernel gives up", layout.table(rows))
  }

  /// Those that count for the values here are marked.
  private static func pitfalls(_ pitfalls: [ApplicablePitfall], _ layout: TextLayout) -> String {
    guard !pitfalls.isEmpty else { return "" }
    let lines = pitfalls.map { known in
      let mark = known.countsHere ? layout.warn("here:") + " " : ""
      return layout.fold("  - \(mark)\(known.pitfall.sentence)", hanging: 4)
    }
    return layout.section("What is believed of it, and what is so", lines.joined())
  }

  private static func better(_ preference: String?, _ layout: TextLayout) -> String {
    preference.map { layout.section("Better", layout.fold("  \($0)", hanging: 2)) } ?? ""
  }
}

extension ScenarioExplanation {
  /// What is set, and what the peer does where that is not plain.
  fileprivate var whatIf: String {
    let set = experiment.options.isEmpty ? [] : ["with \(experiment.options.text)"]
    let stall = experiment.scenario == .zeroWindow ? ["the peer dies as its window closes"] : []
    let family = experiment.scenario == .neighbour ? [experiment.family.name] : []
    let unknown: [String] =
      if case .unknown(let reason) = timeline.ends { [reason] } else { [] }
    return (family + set + stall + unknown).joined(separator: "; ")
  }
}
