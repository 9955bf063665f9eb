/// Plays over all phases of the timer wheel, folded into branches.
///
/// The only thing unknown about a kernel's timers is the phase: the jiffy number, modulo the widest
/// bucket, at which the scenario starts. Long waits end in wide buckets, so however many phases
/// there are, they soon have the same history. What the first and the last start of a stretch have
/// in common from some event on, all between have; only what comes before it is played for each.
struct PhaseFold {
  private let tickRate: TickRate
  private let wheel: TimerWheel
  /// The one that is folded; what folds is not made anew for every kind.
  private var play: any Play
  private var courses: [Course] = []
  /// Whether stretches may be taken to share the end of their history, and whether that was wrong.
  private var sharesEnds = true
  /// Whether what comes before the end is bounded only.
  private let isEndEnough: Bool
  private var isWrong = false

  private init(
    _ play: any Play, at tickRate: TickRate, on wheel: TimerWheel, isEndEnough: Bool
  ) {
    (self.play, self.tickRate, self.wheel) = (play, tickRate, wheel)
    self.isEndEnough = isEndEnough
  }

  /// The branches of all plays, for one tick rate.
  /// - Parameters:
  ///   - plays: one for each round trip that occurs.
  ///   - isEndEnough: whether what comes before the end may be bounded only.
  static func branches(
    of plays: [any Play], at tickRate: TickRate, on wheel: TimerWheel, isEndEnough: Bool = false
  ) -> [Timeline.Branch] {
    guard let first = plays.first else { return [] }
    var fold = PhaseFold(first, at: tickRate, on: wheel, isEndEnough: isEndEnough)
    for play in plays {
      fold.play = play
      fold.add()
    }
    let opening = first.opening.map { [Timeline.Event($0, TimeRange(.zero, .zero))] } ?? []
    let phases = fold.courses.reduce(0) { $0 + $1.phases }
    return fold.courses.map { course in
      let share = plays.count == 1 ? Double(course.phases) / Double(phases) : nil
      return course.branch(at: tickRate, opening: opening, share: share)
    }
  }

  private mutating func add() {
    let before = self
    sharesEnds = play.showsAll
    addCourses()
    guard isWrong else { return }
    self = before
    sharesEnds = false
    addCourses()
  }

  private mutating func addCourses() {
    let period = max(
      wheel.granule(of: play.longestWait), wheel.granule(of: play.firstTimer.wait))
    let whole = Stretch(
      first: 0, low: track(from: 0), last: period - 1, high: track(from: period - 1))
    var stretches: [Stretch] = []
    // Beside a life of an hour at least, a sixteenth of the widest bucket is little.
    let coarse = period / (whole.low.passesOver ? 16 : 4096)
    cut(whole, coarse: coarse, into: &stretches)
    for stretch in stretches { add(stretch) }
  }

  /// Cuts a stretch in two until all its starts have one course and one end; those beside each
  /// other with the same end are put together again.
  ///
  /// Where so much repeats that not every event is written down, `coarse` jiffies of phases are
  /// taken together: later starts never end earlier, so the first and the last bound the rest.
  private func cut(
    _ stretch: Stretch, coarse: Int, into stretches: inout [Stretch]
  ) {
    let isOne = stretch.low.isLike(stretch.high) && stretch.hasOneEnd(sharing: sharesEnds)
    if isOne || stretch.isFull && stretch.count <= coarse {
      if sharesEnds, isOne, let last = stretches.last, last.high.isLike(stretch.low),
        last.hasOneEnd(sharing: true), last.high.times.last == stretch.low.times.last
      {
        return stretches[stretches.count - 1].join(stretch)
      }
      return stretches.append(stretch)
    }
    let middle = middle(of: stretch)
    let halves = stretch.cut(
      at: middle, track(from: middle - 1), track(from: middle))
    cut(halves.lower, coarse: coarse, into: &stretches)
    cut(halves.upper, coarse: coarse, into: &stretches)
  }

  private mutating func add(_ stretch: Stretch) {
    let (low, high, events) = (stretch.low, stretch.high, stretch.low.times.count)
    // Ended before what its times would count from: not a course of its own.
    if events == 0 { return }
    let course = course(of: low)
    courses[course].add(
      phases: stretch.count, ending: low, high, after: play.firstTimeout)
    let shared = stretch.shared(before: events)
    guard shared < events else {
      for track in [low, high] {
        let bound = Stretch(first: stretch.first, low: track, last: stretch.last, high: track)
        courses[course].note(0..<events, of: bound)
        courses[course].note(answered: track.lastAnswered, of: bound)
      }
      return
    }
    courses[course].note(shared..<events, of: stretch)
    if isEndEnough { return courses[course].bound(before: shared, of: stretch) }
    let answered = low.answered
    if answered.map({ $0 >= shared }) ?? true {
      courses[course].note(answered: low.lastAnswered, of: stretch)
    }
    refine(stretch, before: shared, answered, in: course)
  }

  /// Notes the events before `end` of a stretch whose history is the same from there on.
  private mutating func refine(
    _ stretch: Stretch, before end: Int, _ answered: Int?, in course: Int
  ) {
    if end == 0 || isWrong { return }
    let isChain = stretch.low.times[end] - stretch.first < play.uncut
    let width = isChain ? widest(stretch, before: end) : stretch.count
    guard stretch.count > 2 * width else {
      return note(stretch, before: end, answered, in: course)
    }
    // One bucket later, the events before it are one bucket later: both ends stand for the rest.
    let (first, last) = (stretch.first + width, stretch.last - width + 1)
    let low = track(from: first - 1, like: stretch, to: end)
    let high = track(from: last, like: stretch, to: end)
    note(stretch.cut(at: first, low, low).lower, before: end, answered, in: course)
    note(stretch.cut(at: last, high, high).upper, before: end, answered, in: course)
  }

  /// Notes the events before `end`, once for all neighbours in which they are the same.
  private mutating func note(
    _ stretch: Stretch, before end: Int, _ answered: Int?, in course: Int
  ) {
    var stretches: [Stretch] = []
    cut(stretch, before: end, into: &stretches)
    if isWrong { return }
    for stretch in stretches {
      let shared = stretch.shared(before: end)
      courses[course].note(shared..<end, of: stretch)
      if let answered, (shared..<end).contains(answered) {
        courses[course].note(answered: stretch.low.times[answered], of: stretch)
      }
      refine(stretch, before: shared, answered, in: course)
    }
  }

  /// Cuts a stretch in two until the last event before `end` is the same for all its starts.
  private mutating func cut(
    _ stretch: Stretch, before end: Int, into stretches: inout [Stretch]
  ) {
    if isWrong { return }
    if stretch.shared(before: end) < end {
      if let last = stretches.last, last.high.times[end - 1] == stretch.low.times[end - 1] {
        return stretches[stretches.count - 1].join(stretch)
      }
      return stretches.append(stretch)
    }
    let middle = middle(of: stretch)
    let halves = stretch.cut(
      at: middle, track(from: middle - 1, like: stretch, to: end),
      track(from: middle, like: stretch, to: end))
    cut(halves.lower, before: end, into: &stretches)
    cut(halves.upper, before: end, into: &stretches)
  }

  private mutating func course(of track: Track) -> Int {
    let circumstance = play.circumstance
    if let known = courses.firstIndex(where: { $0.has(track, under: circumstance) }) {
      return known
    }
    courses.append(Course(of: track, under: circumstance))
    return courses.count - 1
  }
}

extension PhaseFold {
  private func track(from start: Int) -> Track {
    var track = Track()
    play.run(from: start, on: wheel, into: &track)
    return track
  }

  /// The events up to and with `end` of a start inside a stretch, which must meet the others there.
  private mutating func track(
    from start: Int, like stretch: Stretch, to end: Int
  ) -> Track {
    var track = Track(capacity: end + 1)
    play.run(from: start, on: wheel, into: &track)
    let meets =
      track.times.count > end && track.times[end] == stretch.low.times[end]
      && track.kinds[...end] == stretch.low.kinds[...end]
    if meets { return track }
    isWrong = true
    return stretch.low
  }

  /// The widest bucket into which a wait before the event `end` may fall.
  private func widest(_ stretch: Stretch, before end: Int) -> Int {
    var longest = stretch.low.times[0] - stretch.first
    for event in 1..<max(end, 1) {
      longest = max(longest, stretch.low.times[event] - stretch.low.times[event - 1])
    }
    return wheel.granule(of: longest)
  }

  /// Where to cut a stretch: in the middle, if possible where the first timer falls into another
  /// bucket.
  private func middle(of stretch: Stretch) -> Int {
    let (delay, wait) = play.firstTimer
    let width = wheel.granule(of: wait)
    let middle = stretch.first + stretch.count / 2
    let boundary = middle - (middle + delay + wait) % width
    if boundary > stretch.first { return boundary }
    return boundary + width <= stretch.last ? boundary + width : middle
  }
}
