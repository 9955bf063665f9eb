import Advisor
import TCPModel

extension Finding {
  /// The time that a bound is held against: the latest end, the longest outage that is survived, or
  /// the latest resumption; nil where it has no end.
  func seconds(for kind: Objective.Kind) -> Duration? {
    switch kind {
    case .within: evidence.timeToEnd.flatMap { $0.ends == .always ? $0.range?.latest : nil }
    case .survive: evidence.survives
    case .recover: evidence.resumes
    }
  }
}
