import Advisor
package import TCPModel

extension JSON {
  /// The fields that every answer has, `$schema` first.
  /// - Parameter command: the command, or with a word behind it.
  package static func answer(_ command: String, about snapshot: SettingsSnapshot?, _ part: JSON)
    -> JSON
  {
    let schema = PublishedSchema.named(command.prefix { $0 != " " })
    let head: JSON = [
      "$schema": .text(schema?.id), "schema_version": schema.map { .integer($0.version) } ?? .null,
      "tool": .string(Tool.name), "version": .string(Tool.version),
      "command": .string(command), "host": snapshot?.json ?? .null,
    ]
    return head.merging(part)
  }

  /// What stands in the place of an answer.
  package static func error(_ message: String) -> JSON {
    ["$schema": .string(PublishedSchema.error.id), "error": .string(message)]
  }
}

extension SettingsSnapshot {
  package var json: JSON {
    let host: JSON = [
      "kernel": .text(kernel?.description),
      "modelled_as": .text(kernel.flatMap(KernelRules.standIn)?.description),
      "hz": tickRate.map { .integer($0.hertz) } ?? .null,
      "netns": .text(namespace), "source": .string(source),
    ]
    return capture.map { host.merging(json(of: $0)) } ?? host
  }

  /// The part that only captured settings have.
  private func json(of capture: SettingsCapture) -> JSON {
    let assumed = assumed.map { ($0.rawValue, JSON.text(self[$0].printed)) }
    return [
      "read_as": .string(capture.format.name),
      "assumed": .object(Dictionary(assumed) { $1 }),
      "remarks": .array(capture.remarks.map { .string("\(source)\($0.text)") }),
    ]
  }
}

extension KernelVersion {
  /// A release that something holds on, and the one whose rules stand in for its own.
  package var json: JSON {
    [
      "release": .string(description),
      "modelled_as": .text(KernelRules.standIn(for: self)?.description),
    ]
  }
}

extension TimeRange {
  package var json: JSON {
    ["earliest_seconds": .seconds(earliest), "latest_seconds": .seconds(latest)]
  }
}

extension Timeline.Termination {
  package var json: JSON {
    let reason: String? = if case .unknown(let reason) = self { reason } else { nil }
    return ["ends": .string(name), "ends_because": .text(reason)]
  }
}

extension TimeToEnd {
  package var json: JSON {
    let range = ends == .always ? range : nil
    let known: JSON = [
      "earliest_seconds": .seconds(range?.earliest ?? self.range?.earliest),
      "latest_seconds": .seconds(range?.latest),
    ]
    return known.merging(ends.json)
  }
}

extension Timeline.Event {
  package var json: JSON {
    let kind: JSON = ["kind": .string(kind.rawValue), "ends": .string("always")]
    return kind.merging(range.json)
  }
}

extension Timeline {
  package var json: JSON {
    let events = events
    let exact = events.enumerated().map { exactTime(of: $1.kind, at: $0) }
    let part: JSON = [
      "scenario": .string(scenario.rawValue), "errno": .text(errno),
      "nominal_seconds": .seconds(exactEnd),
      "survives_seconds": .seconds(survives),
      "events": .each(count: events.count) { index in
        events[index].json.merging(["nominal_seconds": .seconds(exact[index])])
      },
      "branches": .array(branches.map(\.json)), "accepted": acceptance?.json ?? .null,
    ]
    return part.merging(timeToEnd.json)
  }
}

extension Timeline.DeferredAcceptance {
  package var json: JSON {
    range.json.merging(["timeouts": .integer(timeouts)])
  }
}

extension Timeline.Branch {
  package var json: JSON {
    let events = events
    let part: JSON = [
      "share": share.map(JSON.number) ?? .null, "circumstance": .text(circumstance?.rawValue),
      "shortest_rto_seconds": .seconds(timeouts?.earliest),
      "longest_rto_seconds": .seconds(timeouts?.latest), "ends": .string("always"),
      "survives_seconds": .seconds(survives),
      "events": .each(count: events.count) { events[$0].json },
    ]
    return part.merging(range.json)
  }
}

extension Finding {
  package var json: JSON {
    let part: JSON = [
      "id": .string(id), "kind": .string(kind.rawValue), "severity": .string(severity.rawValue),
      "profile": isOnFiles ? .null : .string(profile),
      "connections": isOnFiles ? .null : .string(group), "rule": .text(ruleID),
      "key": .text(keyName), "scenario": .text(scenario?.rawValue),
      "objective": .text(objectiveName),
      "basis": .string(evidence.options.text), "application": evidence.timers.json,
      "status": .string(status.name),
      "wanted_seconds": .seconds(wanted?.time),
      "wanted": .string(wish), "reason": .string(reason),
      "remedy": .text(remedyTexts.first),
      "survives_seconds": .seconds(evidence.survives),
      "place": .string(location.description),
    ]
    let noSpan: JSON = [
      "earliest_seconds": .null, "latest_seconds": .null, "ends": .null, "ends_because": .null,
    ]
    return part.merging(evidence.timeToEnd?.json ?? noSpan)
  }

  var objectiveName: String? {
    switch subject {
    case .bound(let kind): kind.rawValue
    case .middlebox, .silentDrop, .sysctl, .rule, .drift, .unreadFile: nil
    }
  }

  /// What kind of requirement it is, as outputs for programs spell it.
  enum Kind: String, CaseIterable {
    case objective, middlebox
    case silentDrop = "silent-drop"
    case sysctl, rule, drift
    case unreadFile = "unread-file"
  }

  var kind: Kind {
    switch subject {
    case .bound: .objective
    case .middlebox: .middlebox
    case .silentDrop: .silentDrop
    case .sysctl: .sysctl
    case .rule: .rule
    case .drift: .drift
    case .unreadFile: .unreadFile
    }
  }

  /// Of a rule for files, such as `TA012`.
  private var ruleID: String? {
    if case .rule(let mistake) = subject { mistake.rule.id } else { nil }
  }

  /// The sysctl that it is about alone.
  private var keyName: String? {
    switch subject {
    case .bound, .middlebox, .silentDrop, .unreadFile: nil
    case .sysctl(let requirement): requirement.key.rawValue
    case .rule(let mistake): mistake.key
    case .drift(let drift): drift.standing.key.rawValue
    }
  }
}

extension Advice.ScenarioForecast {
  package var json: JSON {
    let part: JSON = [
      "settings": .string(phase.rawValue), "connections": .string(group),
      "basis": .string(basis.text), "application": state.timers(in: timeline.scenario).json,
    ]
    return timeline.json.merging(part).merging(timeToEnd.json)
  }
}

extension SocketOptions {
  package var json: JSON {
    .object(Dictionary(values.map { ($0.key.name, .integer($0.value)) }) { $1 })
  }
}
