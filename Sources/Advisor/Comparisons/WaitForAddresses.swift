import TCPModel

/// How long a program waits for addresses none of which answers: in turn, or racing them (RFC 8305).
struct WaitForAddresses {
  let isRace: Bool
  private(set) var addresses = 0
  /// From the first attempt to the end of the last one.
  private(set) var span = Span(ends: .always, range: TimeRange(.zero, .zero))
  /// When the next address is tried; nil where an attempt before it need not end.
  private(set) var next: TimeRange? = TimeRange(.zero, .zero)
  /// Of the attempts of a race so far.
  private var firstEnd: Duration?

  init(isRace: Bool) { self.isRace = isRace }

  /// Where all of them end alike.
  init(for addresses: Int, each own: Span, isRace: Bool) {
    self.isRace = isRace
    for _ in 0..<addresses { add(own) }
  }

  /// - Parameter own: from the beginning of this attempt to its end.
  mutating func add(_ own: Span) {
    addresses += 1
    if isRace {
      race(own)
    } else {
      span = span.followed(by: own)
      next = span.range
    }
  }

  /// The next one begins after the delay, or once one that is under way has failed.
  private mutating func race(_ own: Span) {
    guard let begin = next else { return }
    var joined = span.followed(by: own)
    if joined.range != nil, let before = span.range, let range = own.range {
      joined.range = TimeRange(
        max(before.earliest, begin.earliest + range.earliest),
        max(before.latest, begin.latest + range.latest))
    }
    span = joined
    let delay = RaceReport.delay
    if let end = own.range.map({ begin.earliest + $0.earliest }) {
      firstEnd = min(firstEnd ?? end, end)
    }
    next = TimeRange(
      min(delay * addresses, firstEnd ?? delay * addresses),
      begin.latest + min(delay, own.range?.latest ?? delay))
  }

  /// The longest that each may take for all to end in time: in whole milliseconds, what every
  /// language's connect timeout can say.
  static func limit(each total: Duration, for addresses: Int, isRace: Bool) -> Duration {
    let last = total - RaceReport.delay * (addresses - 1)
    let limit = isRace && last > RaceReport.delay ? last : total / addresses
    let (seconds, attoseconds) = limit.components
    return .milliseconds(seconds * 1000 + attoseconds / 1_000_000_000_000_000)
  }
}
