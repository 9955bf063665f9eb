import Linux
import Observations
import TCPModel

/// Sees by the kernel's own counts (TCP_INFO) that segments have left, where no tap is allowed.
struct RetransmitCounter {
  /// How late an event may be seen.
  private static let interval = Duration.milliseconds(10)
  /// How much later than it left a segment may have been seen on a busy machine.
  private static let lateness = Duration.milliseconds(50)

  private let scenario: Scenario
  private let sendsLossProbes: Bool
  private var known = 0
  /// When the timer was armed that is running: with the last segment.
  private var armed: Duration
  /// When to look again.
  private(set) var due: Duration

  init(_ scenario: Scenario, sendsLossProbes: Bool, from start: Duration) {
    (self.scenario, self.sendsLossProbes) = (scenario, sendsLossProbes)
    (armed, due) = (start, start)
  }

  /// - Returns: what has left since the last look.
  mutating func look(at info: TCPInfo, _ now: Duration) -> [Timeline.EventKind] {
    let count = (scenario == .idle ? info.probes : info.totalRetransmissions) ?? known
    let kinds = (min(known, count)..<count).map(kind)
    if !kinds.isEmpty { armed = now }
    known = count
    // A SYN's timer is the timeout that TCP_INFO shows, and never fires early.
    let timeout = scenario == .connect ? info.retransmissionTimeout : nil
    due = max(now + Self.interval, timeout.map { armed + $0 - Self.lateness } ?? .zero)
    return kinds
  }

  private func kind(of index: Int) -> Timeline.EventKind {
    switch scenario {
    case .idle: .keepaliveProbe
    case .send where index == 0 && sendsLossProbes: .lossProbe
    default: .retransmission
    }
  }
}
