/// A course of events that some of the phases share: a branch in the making.
///
/// Times are jiffies since the start.
struct BranchBuilder {
  let kinds: [Timeline.EventKind]
  let errno: String?
  let handshakeACK: Timeline.HandshakeACK?
  /// The first timeouts that lead to it.
  private var timeouts: ClosedRange<Int>?
  private(set) var endReasons: Timeline.EndReasons = []
  private(set) var phases = 0
  private var earliest, latest: [Int]
  /// The longest wait before each event.
  private var waits: [Int]
  private var survives = Int.max

  init(of trace: EventTrace, under handshakeACK: Timeline.HandshakeACK?) {
    (kinds, errno, self.handshakeACK) = (trace.kinds, trace.errno, handshakeACK)
    earliest = Array(repeating: .max, count: kinds.count)
    latest = Array(repeating: .min, count: kinds.count)
    waits = Array(repeating: 0, count: kinds.count)
  }

  func has(_ trace: EventTrace, under handshakeACK: Timeline.HandshakeACK?) -> Bool {
    self.handshakeACK == handshakeACK && kinds == trace.kinds && errno == trace.errno
  }

  /// Takes in so many phases that end like both tracks.
  mutating func add(phases: Int, ending low: EventTrace, _ high: EventTrace, after timeout: Int?) {
    self.phases += phases
    if let timeout {
      timeouts =
        min(
          timeouts?.lowerBound ?? timeout, timeout)...max(
          timeouts?.upperBound ?? timeout, timeout)
    }
    endReasons.formUnion(low.endReasons.union(high.endReasons))
  }

  /// Takes in events that are the same for all starts of a stretch.
  mutating func note(_ events: Range<Int>, of interval: PhaseInterval) {
    let origins = interval.origins
    for event in events {
      let time = interval.high.times[event]
      earliest[event] = min(earliest[event], time - origins.high)
      latest[event] = max(latest[event], time - origins.low)
      let previous = event == 0 ? origins.low : interval.low.times[event - 1]
      waits[event] = max(waits[event], time - previous)
    }
  }

  /// Takes in the events before `end` of a stretch whose starts share the rest, no event of a later
  /// start being earlier: they lie between those of the first and of the last.
  /// - Parameter certain: between which events they lie besides, counted from a start.
  mutating func bound(
    before end: Int, of interval: PhaseInterval,
    between certain: (earliest: EventTrace, latest: EventTrace)? = nil
  ) {
    let origins = interval.origins
    for event in 0..<end {
      let (low, high) = (interval.low.times[event], interval.high.times[event])
      let between = certain.flatMap { bounds(of: event, $0, interval) } ?? 0...Int.max
      earliest[event] = min(earliest[event], max(low - origins.high, between.lowerBound))
      latest[event] = max(latest[event], min(high - origins.low, between.upperBound))
      let previous = event == 0 ? origins.low : interval.low.times[event - 1]
      waits[event] = max(waits[event], high - previous)
    }
    let begins = interval.high.outageStart ?? origins.high + interval.high.outageDelay
    survives = min(survives, max((interval.low.lastAnswered ?? begins) - begins, 0))
  }

  /// Between which times an event lies in any phase; nil where another moment than the start counts,
  /// or where the course is another.
  private func bounds(
    of event: Int, _ certain: (earliest: EventTrace, latest: EventTrace), _ interval: PhaseInterval
  ) -> ClosedRange<Int>? {
    guard interval.low.origin == nil, event < certain.earliest.times.count,
      event < certain.latest.times.count, certain.earliest.kinds[event] == kinds[event],
      certain.latest.kinds[event] == kinds[event],
      certain.earliest.times[event] <= certain.latest.times[event]
    else { return nil }
    return certain.earliest.times[event]...certain.latest.times[event]
  }

  /// Takes in the outage that all starts of a stretch outlive, when the answer to what left at
  /// `answered` is the last that comes in time; the hardest to outlive begins latest.
  mutating func note(answered: Int?, of interval: PhaseInterval) {
    let high = interval.high
    let begins = high.outageStart ?? interval.origins.high + high.outageDelay
    survives = min(survives, max((answered ?? begins) - begins, 0))
  }

  func branch(at tickRate: TickRate, opening: [Timeline.Event], share: Double?)
    -> Timeline.Branch
  {
    let events = kinds.indices.map { index in
      let range = TimeRange(tickRate.duration(earliest[index]), tickRate.duration(latest[index]))
      return Timeline.Event(kinds[index], range)
    }
    var branch = Timeline.Branch(
      share: share, events: opening + events,
      waits: opening.map { _ in Duration.zero } + waits.map(tickRate.duration),
      survives: tickRate.duration(survives))
    (branch.errno, branch.endReasons, branch.handshakeACK) = (errno, endReasons, handshakeACK)
    branch.timeouts = timeouts.map {
      TimeRange(tickRate.duration($0.lowerBound), tickRate.duration($0.upperBound))
    }
    return branch
  }
}
