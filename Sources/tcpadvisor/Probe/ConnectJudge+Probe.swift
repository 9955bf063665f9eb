import Advisor
import NetAddress
import Observations

extension ConnectJudge {
  /// Findings that a text for people has.
  private static let shown = 64

  /// A judge who knows what this host's kernel does.
  /// - Parameter isComplete: whether all findings are wanted.
  init(
    _ profiles: [Profile], on host: Host, isRace: Bool, isComplete: Bool,
    _ predictions: ConnectPredictions
  ) {
    self.init(
      profiles, under: host.rules, isRace: isRace, keeping: isComplete ? nil : Self.shown,
      Knowledge(options: predictions.options, end: predictions.end, lies: ProbedAddress.lies))
  }
}

extension ProbedAddress {
  /// Whether an address is this one, or lies in this block; what is neither has no address in it.
  fileprivate static func lies(in remote: String) -> (ProbedAddress) -> Bool {
    guard let prefix = IPPrefix(remote) ?? IPAddress(remote).map({ IPPrefix($0) }) else {
      return { _ in false }
    }
    return { row in (row.endpoint?.address).map(prefix.contains) ?? false }
  }
}
