import Advisor
import Emitters
import Linux
import Probes
import TCPModel

/// What profiles say of attempts that hung: whether that was too long, what decides it, what helps.
struct ProbeVerdicts {
  /// Verdicts that a text for people has.
  private static let shown = 64

  private let verdicts: [ConnectVerdict]
  /// Why there are no more.
  private let reasons: [String]

  init(_ judge: ConnectJudge) {
    verdicts = judge.verdicts
    reasons = judge.reasons(beside: verdicts)
  }

  /// A judge who knows what this host's kernel does.
  static func judge(
    _ profiles: [Profile], on host: Host, isRace: Bool, _ predictions: ConnectPredictions
  ) -> ConnectJudge {
    ConnectJudge(
      profiles, under: host.rules, isRace: isRace,
      ConnectJudge.Knowledge(
        options: predictions.options, end: predictions.end, lies: { $0.lies(in: $1) }))
  }

  /// 0 nothing missed, 1 something missed (also beside unknowns), 2 could not tell.
  var exitCode: Int32 {
    if verdicts.contains(where: \.isMissed) { return 1 }
    return verdicts.contains(where: \.isUnknown) ? 2 : 0
  }

  /// What is missed first, in the order of the targets; what helps several is said once.
  func text(_ style: Style) -> String {
    let rows = verdicts.filter(\.isMissed) + verdicts.filter { !$0.isMissed }
    let left = verdicts.count - Self.shown
    var said: Set<[String]> = []
    return rows.prefix(Self.shown).map { verdict in
      let isKnown = verdict.isMissed && !said.insert(verdict.help).inserted
      return verdict.text(style, isKnown: isKnown)
    }.joined()
      + (left > 0 ? style.fold("  … and \(left) more; --json has all") : "")
      + reasons.map { style.fold("  Not judged: \($0).", hanging: 4) }.joined()
  }

  var json: JSON {
    ["verdicts": .array(verdicts.map(\.json)), "not_judged": .array(reasons.map(JSON.string))]
  }
}

extension ProbedAddress {
  /// Whether the address is this one, or lies in this block; what is neither has no address in it.
  fileprivate func lies(in remote: String) -> Bool {
    guard let address, let prefix = IPPrefix(remote) ?? IPAddress(remote).map({ IPPrefix($0) })
    else { return false }
    do throws(ProbeTarget.Objection) {
      guard case .address(let own, _) = try ProbeTarget(address).host else { return false }
      return prefix.contains(own)
    } catch {
      return false
    }
  }
}

extension ConnectVerdict {
  var json: JSON {
    let part: JSON = [
      "profile": .string(profile), "connections": .string(connections),
      "address": .string(target), "addresses": .integer(addresses),
      "objective": .string(kind.rawValue), "wanted_seconds": .seconds(wanted),
      "status": .string(status.name), "measured": .bool(isMeasured), "options": options.json,
      "survives_seconds": .seconds(outlives), "reason": .string(reason),
      "decided_by": .array(decision.map(JSON.string)), "remedy": .text(remedy),
      "remedies": .array(remedies.map(\.json)),
    ]
    return part.merging(span.json)
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
    return lever.merging(["text": .string(self.lever.text)]).merging(span.json)
  }
}
