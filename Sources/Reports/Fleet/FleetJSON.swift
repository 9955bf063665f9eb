package import Advisor
import TCPModel

/// A fleet as one JSON object.
package struct FleetJSON: FleetReporter {
  package static let name = "json"

  package init(_ layout: TextLayout) {}

  package func end(
    _ fleet: Fleet, _ unreadable: UnreadableCaptures, to sink: (String) -> Void
  ) {
    sink(JSON.answer("fleet", about: nil, fleet.json(unreadable)).text + "\n")
  }
}

extension Fleet {
  fileprivate func json(_ unreadable: UnreadableCaptures) -> JSON {
    [
      "hosts_judged": .integer(hosts),
      "hosts_missed": .integer(count(.missed)),
      "hosts_unknown": .integer(count(.unknown)),
      "hosts_unreadable": .integer(unreadable.count),
      "hosts_assuming_defaults": .integer(assumed.count),
      "hosts_doubled": .integer(doubled.count),
      "hosts_without_rule": .integer(unruled.count),
      "hosts_without_group": .integer(ungrouped.count),
      "namespaces_not_entered": .integer(closedNamespaces),
      "unreadable": .array(
        unreadable.named.map { ["file": .string($0.source), "reason": .string($0.reason)] }),
      "obstacles": .array(
        obstacles.map { JSON.object(["reason": .string($0.reason)]).merging($0.hosts.json) }),
      "kernels": .array(
        kernels.map {
          [
            "kernel": .text($0.series.isEmpty ? nil : $0.series), "hosts": .integer($0.hosts),
            "missed": .integer($0.missed),
          ]
        }),
      "causes": .array(causes.map(\.json)),
      "plans": .array(plans.map(\.json)),
      "drift": .array(drift.map(\.json)),
      "outliers": .array(outliers.map(\.json)),
      "changes": changes?.json ?? .null,
    ]
  }
}

extension HostTally {
  /// How many, of which kernels, and a few of them.
  var json: JSON {
    let counts = kernels.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { kernel, hosts in
      JSON.object(["kernel": .text(kernel.isEmpty ? nil : kernel), "hosts": .integer(hosts)])
    }
    return [
      "hosts": .integer(count), "kernels": .array(counts),
      "examples": .array(examples.map(JSON.string)),
    ]
  }
}

extension FleetCause {
  fileprivate var json: JSON {
    let cause: JSON = [
      "id": .string(id), "aspect": .string(part.aspect.rawValue),
      "profile": .string(finding.profile), "connections": .string(finding.group),
      "scenario": .text(finding.scenario?.rawValue), "objective": .text(finding.objectiveName),
      "status": .string(finding.status.name), "severity": .string(finding.severity.rawValue),
      "reason": .string(finding.reason), "remedy": .text(finding.remedyTexts.first),
      "settings": .array(
        settings.map { setting in
          [
            "key": .string(setting.key.rawValue), "from": .text(setting.from?.shown),
            "to": .string(setting.to.printed),
          ]
        }),
      "namespaces": part.namespaces, "connections_of": part.connections,
    ]
    return cause.merging(hosts.json)
  }
}

extension FleetCause.Part {
  fileprivate var namespaces: JSON {
    guard case .namespaces(let count, let isMetOutside) = self else { return .null }
    return ["count": .integer(count), "set_on_host": .bool(isMetOutside)]
  }

  fileprivate var connections: JSON {
    guard case .connections(let kind, let count) = self else { return .null }
    return [
      "process": .text(kind.program), "peer": .string(kind.peer.rawValue),
      "port": kind.port.map { .integer(Int($0)) } ?? .null, "count": .integer(count),
      "set_by_program": kind.options?.json ?? .null, "both_ends_here": .bool(kind.isLocal),
    ]
  }
}

extension FleetPlan {
  fileprivate var json: JSON {
    [
      "profile": .string(name), "kernels": .array(kernels.map { .string($0.series) }),
      "hosts": .integer(hosts),
      "sysctls": .array(
        sysctls.sorted { $0.key < $1.key }.map { key, value in
          ["key": .string(key.rawValue), "value": .string(value.printed)]
        }),
      "leaves": .array(
        leaves.sorted { $0.key < $1.key }.map { id, hosts in
          ["id": .string(id), "hosts": .integer(hosts)]
        }),
    ]
  }
}

extension FleetDrift {
  fileprivate var json: JSON {
    [
      "group": .text(group), "key": .string(key.rawValue), "hosts": .integer(count),
      "is_cut": .bool(isCut),
      "values": .array(
        variants.map { variant in
          JSON.object(["value": .text(variant.value?.shown)]).merging(variant.hosts.json)
        }),
    ]
  }
}

extension FleetChanges {
  fileprivate var json: JSON {
    [
      "worse": worse.json, "better": better.json, "new": new.json, "gone": gone.json,
      "unreadable": unreadable.json,
    ]
  }
}

extension FleetChanges.List {
  fileprivate var json: JSON {
    [
      "count": .integer(count),
      "hosts": .array(
        hosts.map { host in
          ["host": .string(host.name), "ids": .array(host.ids.map(JSON.string))]
        }),
    ]
  }
}
