@testable import TCPModel

/// What comes of every phase, each played by itself, in both orders of two timers in one jiffy.
struct Played {
  private let opened: Int
  /// Between which times each event of a course lies.
  private var courses: [Course: [TimeRange]] = [:]
  /// The longest outage that every phase of a course outlives.
  private var survives: [Course: Duration] = [:]
  /// Whether each was written down event by event; a longer course has a pattern.
  private(set) var isComplete = true

  init(_ simulation: any TimerSimulation, at tick: TickRate, on wheel: TimerWheel) {
    opened = simulation.opening == nil ? 0 : 1
    var trace = EventTrace()
    for start in 0..<simulation.period(on: wheel) {
      for order in [simulation] + [simulation.otherOrder].compactMap(\.self) {
        order.run(from: start, on: wheel, into: &trace)
        if trace.isFull { isComplete = false }
        if trace.times.isEmpty || trace.isFull { continue }
        let times = trace.times.map { tick.duration($0 - (trace.origin ?? start)) }
        let ranges = times.map { TimeRange($0, $0) }
        let course = Course(of: trace, under: simulation.circumstance)
        courses[course] = zip(courses[course] ?? ranges, ranges).map { $0.union($1) }
        let run = SimulationRun(from: start, trace)
        survives[course] = min(survives[course] ?? .seconds(Int32.max), tick.duration(run.survives))
      }
    }
  }

  private func told(by branches: [Timeline.Branch]) -> [Course: (
    ranges: [TimeRange], survives: Duration
  )] {
    Dictionary(
      branches.map { branch in
        var branch = branch
        branch.events.removeFirst(opened)
        return (Course(of: branch), (branch.events.map(\.range), branch.survives))
      }, uniquingKeysWith: { one, _ in one })
  }

  /// Returns whether branches tell of each course, of no less than it takes, and of no longer an outage
  /// than it outlives.
  func isHeld(by branches: [Timeline.Branch]) -> Bool {
    let told = told(by: branches)
    return courses.allSatisfy { course, ranges in
      guard let told = told[course], let survives = survives[course] else { return false }
      return told.survives <= survives && zip(told.ranges, ranges).allSatisfy { $0.union($1) == $0 }
    }
  }

  /// Returns the earliest or the latest end, or the longest outage that is outlived; nil where nothing ends.
  func extreme(_ extreme: ExtremeSearch.Extreme) -> Duration? {
    let ended = courses.filter { $0.key.kinds.last?.isEnd ?? false }
    return switch extreme {
    case .latestEnd: ended.values.compactMap(\.last?.latest).max()
    case .earliestEnd: ended.values.compactMap(\.last?.earliest).min()
    case .survival: ended.keys.compactMap { survives[$0] }.min()
    }
  }

  /// Returns whether branches tell of these courses alone, and when exactly each of them ends.
  func endsExactly(as branches: [Timeline.Branch]) -> Bool {
    told(by: branches).mapValues(\.ranges.last) == courses.mapValues(\.last)
  }
}
