package import Advisor
import TCPModel

extension ConnectVerdict {
  package var json: JSON {
    let part: JSON = [
      "profile": .string(profile), "connections": .string(group),
      "address": .string(target), "addresses": .integer(addresses),
      "objective": .string(kind.rawValue), "wanted_seconds": .seconds(wanted.time),
      "status": .string(status.name), "measured": .bool(isMeasured), "options": options.json,
      "survives_seconds": .seconds(outlives), "resumes_seconds": .seconds(resumes),
      "reason": .string(reason),
      "decided_by": .array(decision.map(JSON.string)), "remedy": .text(remedy),
      "remedies": .array(remedies.map(\.json)), "unseen": .array(unseen.map(JSON.string)),
    ]
    return part.merging(timeToEnd.json)
  }
}

extension ConnectRemedy {
  fileprivate var json: JSON {
    var lever: JSON
    switch self.lever {
    case .deadline(let time): lever = ["deadline_seconds": .seconds(time)]
    case .option(let option, let value):
      lever = ["option": .string(option.name), "value": .integer(value)]
    case .sysctl(let key, let value):
      lever = ["sysctl": .string(key.rawValue), "value": .integer(value)]
    }
    return lever.merging(["text": .string(self.lever.text)]).merging(timeToEnd.json)
  }
}
