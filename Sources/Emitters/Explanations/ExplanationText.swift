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
    _ outcomes: [Outcome], _ traps: [KnownTrap], _ preference: String?, _ style: Style
  ) -> String {
    [self.outcomes(outcomes, style), self.traps(traps, style), better(preference, style)]
      .filter { !$0.isEmpty }.map { "\n" + $0 }.joined()
  }

  private static func outcomes(_ outcomes: [Outcome], _ style: Style) -> String {
    guard !outcomes.isEmpty else { return "" }
    let rows = outcomes.map { [$0.scenario.rawValue, $0.timeline.text, $0.circumstances] }
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

extension Outcome {
  /// What is set, and what the peer does where that is not plain.
  fileprivate var circumstances: String {
    let set = options.isEmpty ? [] : ["with \(options.text)"]
    let stall = scenario == .zeroWindow ? ["the peer dies as its window closes"] : []
    let family = scenario == .neighbour ? [play.family == .v6 ? "IPv6" : "IPv4"] : []
    let unknown: [String] =
      if case .unknown(let reason) = span.ends { [reason] } else { [] }
    return (family + set + stall + unknown).joined(separator: "; ")
  }
}
