import Advisor
import TCPModel

extension AttemptFinding {
  var json: JSON {
    let part: JSON = [
      "profile": .string(finding.profile), "connections": .string(finding.group),
      "address": .string(target), "addresses": .integer(evidence.addresses),
      "objective": .text(finding.objectiveName), "wanted_seconds": .seconds(finding.wanted?.time),
      "status": .string(finding.status.name), "measured": .bool(evidence.isMeasured),
      "options": finding.evidence.options.json,
      "survives_seconds": .seconds(finding.evidence.survives),
      "resumes_seconds": .seconds(finding.evidence.resumes), "reason": .string(reason),
      "decided_by": .array(decision.map(JSON.string)), "remedy": .text(remedy),
      "remedies": .array(finding.remedies.flatMap(\.parts).map(\.json)),
      "unseen": .array(evidence.unseen.map { .string($0.rawValue) }),
    ]
    return part.merging(finding.evidence.timeToEnd?.json ?? [:])
  }
}

extension Remedy.Part {
  fileprivate var json: JSON {
    let times = timeToEnd?.json ?? [:]
    guard let change = changes.first else { return times }
    return change.json.merging(["text": .string(change.textOfAttempt)]).merging(times)
  }
}

extension Remedy.Change {
  fileprivate var json: JSON {
    switch self {
    case .deadline(let time): ["deadline_seconds": .seconds(time)]
    case .option(let option, let value):
      ["option": .string(option.name), "value": .integer(value)]
    case .sysctl(let key, let value):
      [
        "sysctl": .string(key.rawValue),
        "value": value.number.map(JSON.integer) ?? .string(value.printed),
      ]
    case .objective(let scenario, let kind):
      ["scenario": .string(scenario.rawValue), "objective": .string(kind.rawValue)]
    }
  }
}
