import Emitters
import TCPModel

extension Explain {
  /// An outcome that no timer decides; only a restarted peer may be noticed by a probe.
  func explain(_ outcome: TimerlessOutcome) throws {
    let snapshot = try source.snapshot()
    let firstProbe = outcome == .restarted ? try firstProbe(in: snapshot) : nil
    if output.json {
      let rows = outcome.rows.map { $0.json(firstProbe: firstProbe) }
      let part: JSON = [
        "outcome": .string(outcome.rawValue), "causes": .array(rows),
        "notes": .array(outcome.notes.map(JSON.string)),
      ]
      Console.print(JSON.answer("explain", about: snapshot, part).text)
    } else {
      Console.print(OutcomeText(outcome, firstProbe: firstProbe, style: output.style).text)
    }
  }

  private func firstProbe(in snapshot: SettingsSnapshot) throws -> TimeRange? {
    var idle = try play.of(.idle, in: snapshot, .v4)
    idle.options[.keepalive] = 1
    return Timeline(of: idle).events.first { $0.kind == .keepaliveProbe }?.range
  }
}
