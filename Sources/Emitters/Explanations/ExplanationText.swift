import Advisor
import TCPModel

/// The parts that explanations of settings share.
enum ExplanationText {
  /// What is known of a setting: its meaning, and rows of facts.
  static func of(
    _ name: String, _ meaning: String, _ rows: [[String]], in snapshot: SettingsSnapshot,
    _ style: Style
  ) -> String {
    let kernel = snapshot.kernel.map { "Linux \($0)" } ?? "unknown kernel"
    let tick = snapshot.tickRate.map(\.description) ?? "HZ=100, 250 or 1000"
    return style.fold("\(name): \(meaning)", hanging: 2)
      + style.fold("\(kernel), \(tick), \(snapshot.source)") + "\n" + style.table(rows)
  }

  /// What comes of it.
  static func judgement(
    _ scenarios: [ScenarioExplanation], _ traps: [KnownTrap], _ preference: String?, _ style: Style
  ) -> String {
    [self.scenarios(scenarios, style), self.traps(traps, style), better(preference, style)]
      .filter { !$0.isEmpty }.map { "\n" + $0 }.joined()
  }

  private static func scenarios(_ scenarios: [ScenarioExplanation], _ style: Style) -> String {
    guard !scenarios.isEmpty else { return "" }
    let rows = scenarios.map { [$0.play.scenario.rawValue, $0.timeline.text, $0.circumstances] }
    return style.section("What it decides: when the kernel gives up", style.table(rows))
  }

  /// Those that count for the values here are marked.
  private static func traps(_ traps: [KnownTrap], _ style: Style) -> String {
    guard !traps.isEmpty else { return "" }
    let lines = traps.map { known in
      let mark = known.countsHere ? style.warn("here:") + " " : ""
      return style.fold("  - \(mark)\(known.trap.sentence)", hanging: 4)
    }
    return style.section("What is believed of it, and what is so", lines.joined())
  }

  private static func better(_ preference: String?, _ style: Style) -> String {
    preference.map { style.section("Better", style.fold("  \($0)", hanging: 2)) } ?? ""
  }
}

extension ScenarioExplanation {
  /// What is set, and what the peer does where that is not plain.
  fileprivate var circumstances: String {
    let set = play.options.isEmpty ? [] : ["with \(play.options.text)"]
    let stall = play.scenario == .zeroWindow ? ["the peer dies as its window closes"] : []
    let family = play.scenario == .neighbour ? [play.family.name] : []
    let unknown: [String] =
      if case .unknown(let reason) = timeline.ends { [reason] } else { [] }
    return (family + set + stall + unknown).joined(separator: "; ")
  }
}
