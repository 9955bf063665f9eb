import Advisor
import Emitters
import TCPModel

extension ScenarioExplanation {
  var json: JSON {
    let seen = play.scenario.seen
    let part: JSON = [
      "family": .string(play.family.rawValue), "options": play.options.json,
      "epoll_events": .array((seen.events?.names ?? []).map(JSON.string)),
      "program_sees": .string(seen.text),
      "decided_by": .array(timeline.decision(of: play).map(JSON.string)),
      "changes": .array(sensitivities.map(\.json)), "traps": .array(traps.map(\.json)),
    ]
    return timeline.json.merging(part)
  }
}

extension Sensitivity {
  /// What the next smaller and the next larger value give.
  fileprivate var json: JSON {
    [
      "setting": .string(setting.description), "value": value.map { .integer($0) } ?? .null,
      "down": down?.json ?? .null, "up": up?.json ?? .null,
    ]
  }
}

extension Step {
  fileprivate var json: JSON {
    timeline.span.json.merging(["value": .integer(value)])
  }
}

extension Trap {
  var json: JSON {
    ["id": .string(id), "sentence": .string(sentence), "source": .string(source)]
  }
}

extension TimerlessOutcome.Row {
  /// - Parameter firstProbe: when an idle connection with SO_KEEPALIVE sends its first probe.
  func json(firstProbe: TimeRange?) -> JSON {
    let range = moment == .atFirstProbe ? firstProbe : nil
    return [
      "cause": .string(cause), "errno": .text(errno), "when": .string(moment.rawValue),
      "epoll_events": .array((events?.names ?? []).map(JSON.string)),
      "earliest_seconds": .seconds(range?.earliest), "latest_seconds": .seconds(range?.latest),
    ]
  }
}
