/// A course of events that some of the phases share: a branch in the making.
///
/// Times are jiffies since the start.
struct BranchBuilder {
  private let course: Course
  /// The first timeouts that lead to it.
  private var timeouts: ClosedRange<Int>?
  private(set) var endReasons: Timeline.EndReasons = []
  private(set) var phases = 0
  /// How many events stand before the first that was left out; nil where all stand there.
  private var listed: Int?
  private var earliest, latest: [Int]
  /// The longest wait before each event.
  private var waits: [Int]
  private var survives = Int.max

  init(of course: Course) {
    self.course = course
    earliest = Array(repeating: .max, count: course.kinds.count)
    latest = Array(repeating: .min, count: course.kinds.count)
    waits = Array(repeating: 0, count: course.kinds.count)
  }

  /// Takes in the phases of a stretch, and how they end.
  mutating func add(_ interval: PhaseInterval, after timeout: Int?) {
    phases += interval.count
    if let timeout {
      timeouts =
        min(
          timeouts?.lowerBound ?? timeout, timeout)...max(
          timeouts?.upperBound ?? timeout, timeout)
    }
    endReasons.formUnion(interval.low.trace.endReasons.union(interval.high.trace.endReasons))
    listed = [listed, interval.low.trace.listed, interval.high.trace.listed].compactMap(\.self)
      .min()
  }

  /// Takes in events that are the same for all starts of a stretch.
  mutating func note(_ events: Range<Int>, of interval: PhaseInterval) {
    let origins = (low: interval.low.origin, high: interval.high.origin)
    let (low, high) = (interval.low.trace.times, interval.high.trace.times)
    for event in events {
      let time = high[event]
      earliest[event] = min(earliest[event], time - origins.high)
      latest[event] = max(latest[event], time - origins.low)
      let previous = event == 0 ? origins.low : low[event - 1]
      waits[event] = max(waits[event], time - previous)
    }
  }

  /// Takes in the events before `end` of a stretch whose starts share the rest, no event of a later
  /// start being earlier: they lie between those of the first and of the last.
  /// - Parameters:
  ///   - lateness: how much earlier the last may be than that of the first start, and how much later; nil
  ///     where it lies between those as well.
  ///   - certain: between which times they lie besides.
  mutating func bound(
    before end: Int, of interval: PhaseInterval, lateness: Int? = nil,
    within certain: CertainTimes? = nil
  ) {
    let certain = certain.flatMap { $0.tell(of: interval.low.trace) ? $0 : nil }
    let origins = (low: interval.low.origin, high: interval.high.origin)
    let (low, high) = (interval.low.trace.times, interval.high.trace.times)
    for event in 0..<end {
      let lateness = event + 1 == low.count ? lateness ?? 0 : 0
      let between = certain?.range(of: event, course.kinds[event]) ?? 0...Int.max
      let (first, last) = (low[event] - lateness, high[event] + lateness)
      earliest[event] = min(earliest[event], max(first - origins.high, between.lowerBound))
      latest[event] = max(latest[event], min(last - origins.low, between.upperBound))
      let previous = event == 0 ? origins.low : low[event - 1]
      waits[event] = max(waits[event], last - previous)
    }
    survives = min(survives, interval.survives(lateness: lateness))
  }

  /// Takes in the outage that all starts of a stretch outlive, when the answer to what left at
  /// `answered` is the last that comes in time; the hardest to outlive begins latest.
  mutating func note(answered: Int?, of interval: PhaseInterval) {
    let begins = interval.high.outageStart
    survives = min(survives, max((answered ?? begins) - begins, 0))
  }

  func branch(at tickRate: TickRate, opening: [Timeline.Event], share: Double?)
    -> Timeline.Branch
  {
    let events = course.kinds.indices.map { index in
      let range = TimeRange(tickRate.duration(earliest[index]), tickRate.duration(latest[index]))
      return Timeline.Event(course.kinds[index], range)
    }
    var branch = Timeline.Branch(
      share: share, events: opening + events,
      waits: opening.map { _ in Duration.zero } + waits.map(tickRate.duration),
      survives: tickRate.duration(survives))
    (branch.errno, branch.circumstance) = (course.errno, course.circumstance)
    (branch.endReasons, branch.listed) = (endReasons, listed.map { $0 + opening.count })
    branch.timeouts = timeouts.map {
      TimeRange(tickRate.duration($0.lowerBound), tickRate.duration($0.upperBound))
    }
    return branch
  }
}
