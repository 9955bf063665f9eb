import Advisor
import Observations
import Reports
import Linux
import Probes
import TCPModel

/// What profiles say of attempts that hung: whether that was too long, what decides it, what helps.
struct ProbeVerdicts {
  /// Verdicts that a text for people has.
  private static let shown = 64

  let judgement: ConnectJudgement

  init(_ judge: ConnectJudge) { judgement = judge.judgement }

  /// A judge who knows what this host's kernel does.
  /// - Parameter isComplete: whether all verdicts are wanted.
  static func judge(
    _ profiles: [Profile], on host: Host, isRace: Bool, isComplete: Bool,
    _ predictions: ConnectPredictions
  ) -> ConnectJudge {
    ConnectJudge(
      profiles, under: host.rules, isRace: isRace, keeping: isComplete ? nil : shown,
      ConnectJudge.Knowledge(
        options: predictions.options, end: predictions.end, lies: ProbedAddress.lies))
  }

  /// 0 nothing missed, 1 something missed (also beside unknowns), 2 could not tell.
  var exitCode: Int32 {
    if judgement.missed > 0 { return 1 }
    return judgement.unknown > 0 ? 2 : 0
  }

  var json: JSON {
    [
      "verdicts": .array(judgement.verdicts.map(\.json)),
      "not_judged": .array(judgement.notJudged.map { .string($0.text) }),
    ]
  }
}

extension ProbedAddress {
  /// Whether an address is this one, or lies in this block; what is neither has no address in it.
  fileprivate static func lies(in remote: String) -> (ProbedAddress) -> Bool {
    guard let prefix = IPPrefix(remote) ?? IPAddress(remote).map({ IPPrefix($0) }) else {
      return { _ in false }
    }
    return { row in IPAddress(row.bytes).map(prefix.contains) ?? false }
  }
}

extension ConnectVerdict {
  var json: JSON {
    let part: JSON = [
      "profile": .string(profile), "connections": .string(group),
      "address": .string(target), "addresses": .integer(addresses),
      "objective": .string(kind.rawValue), "wanted_seconds": .seconds(wanted),
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
