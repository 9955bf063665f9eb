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
      Knowledge(options: predictions.options, end: predictions.end))
  }
}
