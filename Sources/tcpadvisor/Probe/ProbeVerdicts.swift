import Advisor
import NetAddress
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
