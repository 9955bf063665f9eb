import Linux
import Observations
import TCPModel

/// Sees by the kernel's own counts (TCP_INFO) that segments have left, where no tap is allowed.
struct RetransmitCounter {
  /// What is counted in a scenario.
  struct Counting: Sendable {
    /// What leaves as it begins, which no count tells of.
    var opening: Timeline.EventKind?
    var count: @Sendable (TCPInfo) -> Int?
    var kind: Timeline.EventKind
    /// Whether the first may be a tail loss probe.
    var countsLossProbes: Bool
    /// Returns the wait before the next, where it is known; nil if it has to be looked for often.
    var timeout: @Sendable (TCPInfo) -> Duration?

    init(
      opening: Timeline.EventKind? = nil,
      of count: @escaping @Sendable (TCPInfo) -> Int? = { $0.totalRetransmissions },
      as kind: Timeline.EventKind = .retransmission, countsLossProbes: Bool = false,
      timeout: @escaping @Sendable (TCPInfo) -> Duration? = { _ in nil }
    ) {
      (self.opening, self.count, self.kind) = (opening, count, kind)
      (self.countsLossProbes, self.timeout) = (countsLossProbes, timeout)
    }
  }

  /// How late an event may be seen.
  private static let interval = Duration.milliseconds(10)
  /// How much later than it left a segment may have been seen on a busy machine.
  private static let lateness = Duration.milliseconds(50)

  private let counting: Counting
  private let sendsLossProbes: Bool
  private var known = 0
  /// When the timer was armed that is running: with the last segment.
  private var armed: Duration
  /// When to look again.
  private(set) var due: Duration

  init(_ counting: Counting, sendsLossProbes: Bool, from start: Duration) {
    (self.counting, self.sendsLossProbes) = (counting, sendsLossProbes)
    (armed, due) = (start, start)
  }

  /// - Returns: what has left since the last look.
  mutating func look(at info: TCPInfo, _ now: Duration) -> [Timeline.EventKind] {
    let count = counting.count(info) ?? known
    let kinds = (min(known, count)..<count).map(kind)
    if !kinds.isEmpty { armed = now }
    known = count
    let timeout = counting.timeout(info)
    due = max(now + Self.interval, timeout.map { armed + $0 - Self.lateness } ?? .zero)
    return kinds
  }

  private func kind(of index: Int) -> Timeline.EventKind {
    index == 0 && sendsLossProbes && counting.countsLossProbes ? .lossProbe : counting.kind
  }
}
