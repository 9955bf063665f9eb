import Advisor
import Observations
import TCPModel

extension Plan {
  package var json: JSON {
    [
      "sysctls": .array(sysctls.map(\.json)),
      "socket_options": .array(socketOptions.map(\.json)),
      "deadlines": .array(deadlines.map(\.json)),
      "side_effects": .array(sideEffects.map(\.json)),
      "contradictions": .array(contradictions.map(\.json)),
      "not_searched": .array(unsearched.map(\.json)),
    ]
  }
}

extension Plan.Effect {
  package var json: JSON {
    [
      "connections": .string(group), "scenario": .string(objective.scenario.rawValue),
      "basis": .string(basis.text), "before": before.json, "after": after.json,
    ]
  }
}

extension [Plan.Effect] {
  /// The effects in words, for a field `why`, and the device that bounds the number.
  fileprivate func why(_ box: Middlebox? = nil) -> String {
    (map(\.text) + [box?.boundText].compactMap(\.self)).joined(separator: "; ")
  }
}

extension Plan.SysctlChange {
  package var json: JSON {
    [
      "key": .string(key.rawValue), "from": .text(from.printed), "to": .string(to.printed),
      "why": .string(requirement?.why ?? effects.why(middlebox)),
      "middlebox": .text(middlebox?.name),
      "takes_effect": .text(SysctlCatalog[key]?.takesEffect.text),
      "effects": .array(effects.map(\.json)),
    ]
  }
}

extension Plan.OptionChange {
  package var json: JSON {
    [
      "connections": .string(group), "option": .string(option.name),
      "from": from.map(JSON.integer) ?? .null, "value": .integer(value),
      "when": .string(when.rawValue), "why": .string(effects.why(middlebox)),
      "middlebox": .text(middlebox?.name),
      "effects": .array(effects.map(\.json)),
    ]
  }
}

extension Plan.Deadline {
  package var json: JSON {
    [
      "connections": .string(group), "scenario": .string(scenario.rawValue),
      "seconds": .seconds(time), "addresses": .integer(addresses), "why": .string(effects.why()),
    ]
  }
}

extension Plan.SideEffect {
  package var json: JSON {
    let part: JSON = [
      "connections": .string(group), "scenario": .string(scenario.rawValue),
      "why": .string(text), "before": before?.json ?? .null, "after": after?.json ?? .null,
    ]
    guard case .shorterOutage(let before, let after) = cause else { return part }
    return part.merging([
      "survives_before_seconds": .seconds(before), "survives_after_seconds": .seconds(after),
    ])
  }
}

extension Plan.Unsearched {
  package var json: JSON {
    [
      "connections": .string(group), "scenarios": .array(scenarios.map { .string($0.rawValue) }),
      "why": .string(Self.reason),
    ]
  }
}

extension Plan.Contradiction {
  package var json: JSON {
    [
      "connections": .string(group), "why": .string(because),
      "demands": .array(
        requirements.map {
          [
            "demand": .string($0.text), "place": .string($0.location.description),
            "needs": .text($0.needs),
          ]
        }),
    ]
  }
}

extension Comparison {
  package var json: JSON {
    let experiment = request.experiment
    let part: JSON = [
      "settings": .string(request.phase.rawValue), "connections": .string(request.group),
      "segments": .integer(experiment.path.segments),
      "measured_seconds": .seconds(measured),
      "last_seen_seconds": .seconds(lastSeen),
      "errno": .text(errno),
      "status": .string(status.name), "run_again": .integer(repetitions),
      "sysctls": experiment.json(of: experiment.scenario.sysctls + request.applied),
      "outage_seconds": .seconds(experiment.outage),
      "resumed_after_seconds": .seconds(resumedAfter),
      "middlebox": experiment.box.map { $0.json(named: request.middlebox) } ?? .null,
      "k_of_n": .string("\(seen) of \(expected)"), "rehearsal": .bool(request.isRehearsal),
      "reason": .text(status.reason), "place": .text(venue), "not_copied": .object(notCopied),
      "events": .array(
        observation.events.map {
          ["kind": .string($0.kind.rawValue), "measured_seconds": .seconds($0.time)]
        }),
    ]
    return experiment.json.merging(part).merging(timeToEnd.json)
  }

  private var errno: String? {
    if case .ended(let errno, _) = observation.outcome { errno } else { nil }
  }

  private var notCopied: [String: JSON] {
    // What has no part in the scenario has none in what was measured.
    let deciding = observation.notCopied.filter {
      request.experiment.scenario.sysctls.contains($0.key)
    }
    return Dictionary(deciding.map { ($0.key.rawValue, .string($0.value)) }) { $1 }
  }
}

extension ForgettingBox {
  fileprivate func json(named name: String?) -> JSON {
    [
      "name": .text(name), "forgets_after_seconds": .seconds(memory),
      "on_expiry": .string(expiry.rawValue), "tcp_keepalive_counts": .bool(countsKeepalive),
      "lost_probes": .integer(lostSegments),
    ]
  }
}
