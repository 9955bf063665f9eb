package import Advisor
import NetAddress
package import TCPModel

extension SysctlReading {
  /// How it went, in one word.
  var status: String {
    switch self {
    case .value: "value"
    case .absent: "absent"
    case .denied: "denied"
    case .malformed: "malformed"
    }
  }
}

extension ScenarioExplanation {
  /// The end alone.
  fileprivate var brief: JSON {
    let part: JSON = [
      "scenario": .string(experiment.scenario.rawValue),
      "family": .string(experiment.family.rawValue),
      "options": experiment.options.json, "accepted": timeline.acceptance?.json ?? .null,
    ]
    return part.merging(timeline.timeToEnd.json)
  }
}

extension ApplicablePitfall {
  fileprivate var json: JSON {
    pitfall.json.merging(["counts_here": .bool(countsHere)])
  }
}

extension ClosedRange<Int>? {
  fileprivate var json: JSON {
    [
      "minimum": map { .integer($0.lowerBound) } ?? .null,
      "maximum": map { .integer($0.upperBound) } ?? .null,
    ]
  }
}

extension SysctlExplanation {
  package var json: JSON {
    let part: JSON = [
      "key": .string(key.rawValue), "meaning": .string(sysctl.meaning),
      "unit": .string(sysctl.unit.rawValue), "default": .text(usual),
      "defaults": .array(
        sysctl.defaults.map { since, value in
          ["since": .text(since?.description), "value": .string(value)]
        }),
      "since": .text(sysctl.since?.description), "removed": .null,
      "scope": .text(scope?.name),
      "per_namespace_since": .text(sysctl.namespacedSince?.description),
      "new_namespace": .text(scope?.newNamespace),
      "takes_effect": .string(sysctl.takesEffect.text),
      "read_back": .string(sysctl.readBack.rawValue),
      "value": .text(reading.printed),
      "status": .string(reading.status),
      "devices": .array(
        ofDevices.map { device, reading in
          ["device": .string(device), "value": .text(reading.printed)]
        }),
      "scenarios": .array(scenarios.map(\.brief)),
      "traps": .array(pitfalls.map(\.json)), "prefer": .text(preference),
      "provenance": standing?.json ?? .null,
    ]
    return part.merging(range.json)
  }
}

extension Sysctl.Scope {
  var name: String { self == .host ? "machine" : "namespace" }

  var newNamespace: String {
    switch self {
    case .namespace: "default"
    case .copied: "copied"
    case .host: "shared"
    }
  }
}

extension OptionExplanation {
  static func status(_ exists: Bool) -> String { exists ? "available" : "absent" }

  package var json: JSON {
    let part: JSON = [
      "name": .string(facts.name), "level": .string(facts.level.rawValue),
      "number": .integer(Int(facts.number)), "unit": .string(facts.unit.rawValue),
      "unset_reads": unsetReads.map { .integer($0) } ?? .null,
      "inherited": .bool(facts.isInherited), "since": .text(facts.since?.description),
      "status": .string(Self.status(exists)), "meaning": .string(facts.meaning),
      "outside_range": .string(facts.outside), "remark": .text(facts.remark),
      "stands_for": .text(facts.standsFor?.rawValue), "scenarios": .array(scenarios.map(\.brief)),
      "traps": .array(pitfalls.map(\.json)), "prefer": .text(preference),
    ]
    return part.merging(facts.range.json)
  }
}

extension RetiredSysctl {
  package func json(_ key: SysctlKey, _ reading: SysctlReading, standing: SysctlStanding? = nil)
    -> JSON
  {
    let (removed, ineffective, deprecated): (String?, String?, String?) =
      switch fate {
      case .gone(let release): (release, nil, nil)
      case .ineffective(let release): (nil, release, nil)
      case .deprecated(let release): (nil, nil, release)
      }
    return [
      "key": .string(key.rawValue), "removed": .text(removed),
      "ineffective_since": .text(ineffective), "deprecated_since": .text(deprecated),
      "note": .string(note),
      "value": .text(reading.printed), "status": .string(reading.status),
      "provenance": standing?.json ?? .null,
    ]
  }
}

extension SysctlStanding {
  /// What there is to say of a sysctl that decides no time.
  package var explanationJSON: JSON {
    [
      "key": .string(key.rawValue), "value": .text(reading?.printed),
      "status": .string(reading?.status ?? SysctlReading.absent.status), "provenance": json,
    ]
  }
}
