/// Plays over all phases of the timer wheel, folded into branches.
///
/// The only thing unknown about a kernel's timers is the phase: the jiffy number, modulo the widest
/// bucket, at which the scenario starts. Phases that make the first timer fire at the same jiffy
/// share their history, so only the ends of such a group are played; where these differ it is cut.
struct PhaseFold {
  /// A branch in the making; times are jiffies since the start.
  private struct Bundle {
    let kinds: [Timeline.EventKind]
    let errno: String?
    var earliest: [Int]
    var latest: [Int]
    /// The longest wait before each event.
    var waits: [Int]
    var survives: Int
    var limits: Timeline.Limits
    var phases: Int

    func has(_ track: Track) -> Bool { kinds == track.kinds && errno == track.errno }
  }

  private let tickRate: TickRate
  private let wheel: TimerWheel
  private var bundles: [Bundle] = []
  private var phases = 0

  init(at tickRate: TickRate, on wheel: TimerWheel) {
    (self.tickRate, self.wheel) = (tickRate, wheel)
  }

  /// The branches of all plays, for one tick rate.
  /// - Parameter play: one play for each round trip that occurs.
  static func branches(of plays: [some Play], at tickRate: TickRate, on wheel: TimerWheel)
    -> [Timeline.Branch]
  {
    var fold = PhaseFold(at: tickRate, on: wheel)
    for play in plays { fold.add(play) }
    return fold.branches(opening: plays.first?.opening, withShares: plays.count == 1)
  }

  private mutating func add(_ play: some Play) {
    let (delay, wait) = play.firstTimer
    let group = wheel.sharing(of: wait)
    let period = max(wheel.granule(of: play.longestWait), wheel.granule(of: wait))
    if play.firstFireIsFree, group > 1 {
      return addFollowing(play, from: 0, to: period - 1, coarse: period / 4096)
    }
    var low = Track()
    var high = Track()
    // A bucket's boundary lies where the first timer is due at a multiple of its width.
    var start = 0
    while start < period {
      let end = min(start + group - (start + delay + wait) % group, period) - 1
      play.run(from: start, on: wheel, into: &low)
      if play.remembersStart, end > start {
        add(play, from: start, low, to: end, &high)
      } else {
        add(low, from: start, to: end)
      }
      start = end + 1
    }
  }

  /// Adds the phases `start...end`, cutting them in two until both ends have the same history.
  private mutating func add(
    _ play: some Play, from start: Int, _ low: Track, to end: Int, _ high: inout Track
  ) {
    play.run(from: end, on: wheel, into: &high)
    if low == high { return add(low, from: start, to: end) }
    let middle = start + (end - start) / 2
    var lower = low
    if middle == start {
      add(low, from: start, to: start)
    } else {
      var upper = Track()
      add(play, from: start, low, to: middle, &upper)
    }
    play.run(from: middle + 1, on: wheel, into: &lower)
    if middle + 1 == end {
      add(lower, from: end, to: end)
    } else {
      add(play, from: middle + 1, lower, to: end, &high)
    }
  }

  /// Adds the phases `start...end`, cut in two until all that follows the first fire is the same.
  ///
  /// A short first wait falls into fine buckets and a long one after it into wide ones: millions of
  /// first fires then lead to one course. Where so much repeats that not every event is written
  /// down, `coarse` jiffies of phases are taken together: later starts never end earlier, so the
  /// first and the last of them bound the rest.
  private mutating func addFollowing(
    _ play: some Play, from start: Int, to end: Int, coarse: Int
  ) {
    var low = Track()
    var high = Track()
    play.run(from: start, on: wheel, into: &low)
    play.run(from: end, on: wheel, into: &high)
    let isCoarse = low.isFull && low.kinds == high.kinds && end - start < coarse
    guard low.follows(like: high) || isCoarse else {
      let middle = start + (end - start) / 2
      addFollowing(play, from: start, to: middle, coarse: coarse)
      return addFollowing(play, from: middle + 1, to: end, coarse: coarse)
    }
    // The outage that is hardest to outlive begins at the latest first fire.
    add(high, from: start, to: end, sharingFirst: false)
    if isCoarse { add(low, from: start, to: end, sharingFirst: false, phases: 0) }
    // The first fire is earliest at the end of its bucket and latest at the start.
    let (delay, wait) = play.firstTimer
    let width = wheel.granule(of: wait)
    let boundary = start + width - (start + delay + wait) % width
    for phase in [start, boundary - 1, boundary] where phase <= end {
      play.run(from: phase, on: wheel, into: &low)
      note(first: low, of: phase)
    }
  }

  /// Widens the range of the first event of a branch that is known.
  private mutating func note(first track: Track, of phase: Int) {
    guard let index = bundles.firstIndex(where: { $0.has(track) }),
      let time = track.times.first
    else { return }
    bundles[index].earliest[0] = min(bundles[index].earliest[0], time - phase)
    bundles[index].latest[0] = max(bundles[index].latest[0], time - phase)
  }

  /// Adds a history that all phases `start...end` share; without the first fire, that of the track
  /// is the last phase's.
  private mutating func add(
    _ track: Track, from start: Int, to end: Int, sharingFirst: Bool = true, phases: Int? = nil
  ) {
    let count = phases ?? end - start + 1
    self.phases += count
    let outlived =
      track.lastAnswered.map { $0 - (track.outageStart ?? end + track.outageDelay) } ?? 0
    let index = bundles.firstIndex { $0.has(track) } ?? bundles.count
    if index == bundles.count {
      let lasts = track.times.map { $0 - end }
      bundles.append(
        Bundle(
          kinds: track.kinds, errno: track.errno, earliest: lasts, latest: lasts,
          waits: lasts.map { _ in 0 }, survives: max(outlived, 0), limits: [], phases: 0))
    }
    for (event, time) in track.times.enumerated() {
      let first = event == 0 && !sharingFirst ? end : start
      let wait = time - (event == 0 ? first : track.times[event - 1])
      bundles[index].waits[event] = max(bundles[index].waits[event], wait)
      bundles[index].earliest[event] = min(bundles[index].earliest[event], time - end)
      bundles[index].latest[event] = max(bundles[index].latest[event], time - first)
    }
    bundles[index].survives = min(bundles[index].survives, max(outlived, 0))
    bundles[index].limits.formUnion(track.limits)
    bundles[index].phases += count
  }

  private func branches(opening: Timeline.EventKind?, withShares: Bool) -> [Timeline.Branch] {
    let opening = opening.map { [Timeline.Event($0, TimeRange(.zero, .zero))] } ?? []
    return bundles.map { bundle in
      let waits = opening.map { _ in Duration.zero } + bundle.waits.map(tickRate.duration)
      let events = bundle.kinds.indices.map { index in
        let range = TimeRange(
          tickRate.duration(bundle.earliest[index]), tickRate.duration(bundle.latest[index]))
        return Timeline.Event(bundle.kinds[index], range)
      }
      var branch = Timeline.Branch(
        share: withShares ? Double(bundle.phases) / Double(phases) : nil,
        events: opening + events, waits: waits,
        survives: tickRate.duration(bundle.survives))
      (branch.errno, branch.limits) = (bundle.errno, bundle.limits)
      return branch
    }
  }
}

extension Timeline {
  /// Plays a scenario over all phases of every tick rate that the kernel may have.
  ///
  /// - Parameters:
  ///   - errno: what the program is told, where the plays do not say; nil where nobody is told.
  ///   - plays: makes the plays for one tick rate, the most typical one first.
  init<P: Play>(
    _ scenario: Scenario, under rules: KernelRules, errno: String?,
    _ plays: (TickRate) throws(Unknown) -> [P]
  ) throws(Unknown) {
    var branches: [Branch] = []
    var nominal: [Event] = []
    for tickRate in rules.tickRates {
      let plays = try plays(tickRate)
      let wheel = rules.wheel(at: tickRate)
      for branch in PhaseFold.branches(of: plays, at: tickRate, on: wheel) {
        branches.merge(branch, keepingShare: rules.tickRates.count == 1)
      }
      if nominal.isEmpty, let play = plays.first { nominal = play.nominalEvents(at: tickRate) }
    }
    branches.sort {
      ($0.range.latest, $0.range.earliest) < ($1.range.latest, $1.range.earliest)
    }
    let told = Set(branches.compactMap(\.errno)).sorted().joined(separator: " or ")
    self.init(
      scenario, branches: branches, ends: .always, nominalEvents: nominal,
      errno: told.isEmpty ? errno : told)
  }
}

extension Play {
  fileprivate func nominalEvents(at tickRate: TickRate) -> [Timeline.Event] {
    var track = Track()
    run(from: 0, on: .exact, into: &track)
    let events = zip(track.kinds, track.times).map { kind, time in
      Timeline.Event(kind, TimeRange(tickRate.duration(time), tickRate.duration(time)))
    }
    return (opening.map { [Timeline.Event($0, TimeRange(.zero, .zero))] } ?? []) + events
  }
}

extension [Timeline.Branch] {
  /// Takes in a branch: one with the same course of events widens, any other is a new one.
  fileprivate mutating func merge(_ branch: Timeline.Branch, keepingShare: Bool) {
    var branch = branch
    if !keepingShare { branch.share = nil }
    guard
      let index = firstIndex(where: {
        $0.errno == branch.errno && $0.events.map(\.kind) == branch.events.map(\.kind)
      })
    else { return append(branch) }
    for event in branch.events.indices {
      self[index].events[event].range = self[index].events[event].range.union(
        branch.events[event].range)
    }
    self[index].waits = zip(self[index].waits, branch.waits).map(Swift.max)
    self[index].limits.formUnion(branch.limits)
    self[index].survives = Swift.min(self[index].survives, branch.survives)
  }
}
