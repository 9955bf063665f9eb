import Advisor
import NetAddress
package import TCPModel

extension ScenarioExplanation {
  package var json: JSON {
    // Where nothing ends there is nothing to see.
    let seen = timeline.ends == .never ? nil : experiment.scenario.definition
    let part: JSON = [
      "path": experiment.path.json,
      "epoll_events": .array((seen?.ending.events?.names ?? []).map(JSON.string)),
      "program_sees": .text(seen?.applicationView),
      "decided_by": .array(timeline.decision.map(JSON.string)),
      "changes": .array(sensitivities.map(\.json)), "traps": .array(pitfalls.map(\.json)),
    ]
    return timeline.json.merging(experiment.json).merging(part)
  }
}

extension Experiment {
  /// What is simulated, but for the path.
  package var json: JSON {
    [
      "scenario": .string(scenario.rawValue), "family": .string(family.rawValue),
      "options": options.json, "sysctls": json(of: scenario.sysctls),
      "after_death_seconds": .seconds(timeBeforeDeath),
      "neighbour_entry": .text(
        scenario.depends(on: .neighbourEntry) ? neighbourEntry.rawValue : nil),
      "client": .text(scenario.depends(on: .client) ? client.rawValue : nil),
    ]
  }
}

extension Experiment {
  /// The values of sysctls, by key.
  func json(of keys: [SysctlKey]) -> JSON {
    let values = keys.compactMap { key in
      snapshot[key].printed.map { (snapshot.decidingKey(key).rawValue, JSON.string($0)) }
    }
    return .object(Dictionary(values) { $1 })
  }
}

extension Path {
  fileprivate var json: JSON {
    [
      "shortest_rtt_seconds": .seconds(roundTrip.lowerBound),
      "longest_rtt_seconds": .seconds(roundTrip.upperBound),
      "rto_seconds": .seconds(retransmissionTimeout), "segments": .integer(segments),
    ]
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
    let part: JSON = [
      "value": .integer(value), "accepted": timeline.acceptance?.json ?? .null,
    ]
    return timeline.timeToEnd.json.merging(part)
  }
}

extension Pitfall {
  package var json: JSON {
    ["id": .string(id), "sentence": .string(sentence), "source": .string(source)]
  }
}

extension ImmediateFailure.Row {
  /// - Parameter firstProbe: when an idle connection with SO_KEEPALIVE sends its first probe.
  package func json(firstProbe: TimeRange?) -> JSON {
    let range = moment == .atFirstProbe ? firstProbe : nil
    return [
      "cause": .string(cause), "errno": .text(errno), "when": .string(moment.rawValue),
      "epoll_events": .array((events?.names ?? []).map(JSON.string)),
      "earliest_seconds": .seconds(range?.earliest), "latest_seconds": .seconds(range?.latest),
    ]
  }
}
