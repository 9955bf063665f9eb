import Observations
import TCPModel

/// How long a program waits for addresses none of which answers: in turn, or racing them (RFC 8305).
struct WaitForAddresses {
  let isRace: Bool
  private(set) var addresses = 0
  /// From the first attempt to the end of the last one.
  private(set) var timeToEnd = TimeToEnd(ends: .always, range: TimeRange(.zero, .zero))
  /// When the next address is tried; nil if an attempt before it need not end.
  private(set) var next: TimeRange? = TimeRange(.zero, .zero)
  /// Of the attempts of a race so far, those that end.
  private var ends: [TimeRange] = []

  init(isRace: Bool) { self.isRace = isRace }

  /// Where all of them end alike.
  init(for addresses: Int, each own: TimeToEnd, isRace: Bool) {
    self.isRace = isRace
    for _ in 0..<addresses { add(own) }
  }

  /// - Parameter own: from the beginning of this attempt to its end.
  mutating func add(_ own: TimeToEnd) {
    addresses += 1
    if isRace {
      race(own)
    } else {
      timeToEnd = timeToEnd.followed(by: own)
      next = timeToEnd.range
    }
  }

  /// The next one begins after the delay, or once one that is under way has failed.
  private mutating func race(_ own: TimeToEnd) {
    guard let begin = next else { return }
    let end = own.range.map { begin + $0 }
    var joined = timeToEnd.followed(by: own)
    if joined.range != nil, let before = timeToEnd.range, let end {
      joined.range = TimeRange(
        max(before.earliest, end.earliest), max(before.latest, end.latest))
    }
    timeToEnd = joined
    if let end { ends.append(end) }
    next = isExact ? exactNext(after: begin.latest) : roughNext(after: begin, own)
  }

  /// Whether each attempt ends at a known time.
  private var isExact: Bool {
    ends.count == addresses && ends.allSatisfy { $0.earliest == $0.latest }
  }

  private func exactNext(after begin: Duration) -> TimeRange {
    let failure = ends.map(\.latest).filter { $0 > begin }.min()
    let next = min(begin + RaceReport.delay, failure ?? begin + RaceReport.delay)
    return TimeRange(next, next)
  }

  /// Not before the first failure, or where there is none, its turn.
  private func roughNext(after begin: TimeRange, _ own: TimeToEnd) -> TimeRange {
    let turn = RaceReport.delay * addresses
    return TimeRange(
      min(turn, ends.map(\.earliest).min() ?? turn),
      begin.latest + min(RaceReport.delay, own.range?.latest ?? RaceReport.delay))
  }

  /// Returns the longest that each may take for all to end in time: in whole milliseconds, what
  /// every language's connect timeout can say.
  static func limit(each total: Duration, for addresses: Int, isRace: Bool) -> Duration {
    let last = total - RaceReport.delay * (addresses - 1)
    let limit = isRace && last > RaceReport.delay ? last : total / addresses
    let (seconds, attoseconds) = limit.components
    return .milliseconds(seconds * 1000 + attoseconds / 1_000_000_000_000_000)
  }
}
