/// A scenario that can be simulated from one phase: what the kernel's timer does, event by event.
///
/// A run looks at limits only when a timer fires, as the kernel does, and its choices must be
/// monotone in the phase: with the same events so far, a later start can only make a limit be met
/// later and a wait longer, but for a last wait that was cut short. `PhaseSweep` relies on it.
protocol TimerSimulation: Sendable {
  /// The longest wait it can arm, in jiffies: it sets how many phases are different.
  var longestWait: Int { get }
  /// The first timer: how long after the start it is armed, and for how long, in jiffies.
  var firstTimer: (delay: Int, wait: Int) { get }
  /// For how many jiffies after the start each wait lies between two events and none is cut short:
  /// until then a start that is one bucket later moves the events as much, where no wait falls into
  /// a wider one.
  var shiftInvariantUntil: Int { get }
  /// For how many jiffies after the start the waits of the timer, or of the client's where there is another
  /// one, are the same in all phases.
  var invariantWaitsUntil: Int { get }
  /// Whether its events tell all that its future depends on, but for the start; else `EventTrace.order`
  /// may.
  var isTraceComplete: Bool { get }
  /// Whether a run whose timers all fire as early, or as late, as they ever may bounds every other
  /// run event by event: not where what a timer leads to depends on another timer's.
  var isBoundedByWheels: Bool { get }

  /// The last wait, where that may be what others have left of a limit; nil where none is cut short.
  var cutWait: CutWait? { get }

  /// What leaves at the very start; no timer decides it.
  var opening: Timeline.EventKind? { get }
  /// The first retransmission timeout, in jiffies, where the path decides it.
  var firstTimeout: Int? { get }
  /// What came before, or what the peer did, where simulations differ in that.
  var circumstance: Timeline.Circumstance? { get }

  /// The same where of two timers that fire in one jiffy the other is first; nil where one order is
  /// all there is.
  var otherOrder: (any TimerSimulation)? { get }

  /// Returns jiffies beyond which no phase lies, found by sums; nil where they do not tell.
  func bound(of extreme: ExtremeSearch.Extreme, on wheel: TimerWheel) -> Int?

  /// Returns what limits a run looked at that met the others so far, given all fires of the timer, or of
  /// the client's; nil where these do not tell.
  func limitChecks(after fires: [Int], from start: Int) -> [LimitCheck]?

  /// Runs from jiffy `start` and writes what happens, at absolute jiffies, into `trace`.
  func run(from start: Int, on wheel: TimerWheel, into trace: inout EventTrace)
}

extension TimerSimulation {
  var opening: Timeline.EventKind? { nil }
  var firstTimeout: Int? { nil }
  var circumstance: Timeline.Circumstance? { nil }
  var shiftInvariantUntil: Int { 0 }
  var invariantWaitsUntil: Int { shiftInvariantUntil }
  func limitChecks(after fires: [Int], from start: Int) -> [LimitCheck]? { [] }
  var otherOrder: (any TimerSimulation)? { nil }
  var isTraceComplete: Bool { true }
  var isBoundedByWheels: Bool { true }
  var cutWait: CutWait? { nil }
  func bound(of extreme: ExtremeSearch.Extreme, on wheel: TimerWheel) -> Int? { nil }

  /// Returns how many phases are different, in jiffies.
  func period(on wheel: TimerWheel) -> Int {
    max(wheel.granularity(of: longestWait), wheel.granularity(of: firstTimer.wait))
  }

  /// Returns a run, which counts.
  func run(from start: Int, on wheel: TimerWheel, within budget: SweepBudget) -> SimulationRun {
    var trace = EventTrace()
    run(from: start, on: wheel, into: &trace)
    budget.use(trace)
    return SimulationRun(from: start, trace)
  }
}

/// A last wait that is what others have left of a limit: the earlier those are, the longer it is, and the
/// wider the bucket into which it falls.
struct CutWait {
  /// How many jiffies after a fire it is armed at most.
  var arming = 0
  /// By how many jiffies the sum of what has gone of the limit and of what is left differs from phase to
  /// phase: it is counted in milliseconds, of which a tick may be no whole number.
  var spread = 0
}

extension [any TimerSimulation] {
  /// By how many jiffies the first timeouts of a path lie apart that are simulated, less one: each stands
  /// for those beside it that are not.
  var distance: Int {
    let timeouts = compactMap(\.firstTimeout)
    return Swift.max(0, (zip(timeouts, timeouts.dropFirst()).map { $1 - $0 }.max() ?? 1) - 1)
  }
}

/// What is simulated of an experiment, whatever the tick: the limits that may end it, and the
/// simulations for each tick rate, the most typical one first.
struct SimulationSet<Simulation> {
  let limits: [Timeline.EndReason]
  let simulations: (TickRate) throws(Unknown) -> [Simulation]

  /// Returns the same with another one for each.
  func map<Other>(_ other: @escaping (Simulation) -> Other) -> SimulationSet<Other> {
    SimulationSet<Other>(limits: limits) { tick throws(Unknown) in
      try simulations(tick).map(other)
    }
  }
}

/// What one run of a simulation leaves behind; kept and reused, because a sweep runs thousands.
struct EventTrace {
  private(set) var kinds: [Timeline.EventKind] = []
  private(set) var times: [Int] = []
  /// How many events that only repeat were left out, and before which place; they tell courses apart.
  private var repeated: [Repeated] = []
  /// How many events stand before the first that was left out because it only repeats; nil where all stand
  /// there.
  private(set) var listed: Int?
  /// What fired when, where two timers run side by side.
  var order = FireOrder()
  /// What times count from, where that is not the start.
  var origin: Int?
  /// When the outage begins that is hardest to outlive; nil stands for the start.
  var outageStart: Int?
  /// Where that is the start: how long after it the outage begins.
  var outageDelay = 0
  /// The last segment whose answer comes before the end; nil if there is none.
  var lastAnswered: Int? { didSet { roundTrip = nil } }
  /// How long an answer takes, where segments are answered; nil where any moment may be.
  private(set) var roundTrip: Int?
  /// What the program is told, where that differs from phase to phase.
  private(set) var errno: String?
  private(set) var endReasons: Timeline.EndReasons = []

  /// The fires of the timer, or of the client's where there is another one.
  var fires: [Int] { order.client.isEmpty ? times : order.client }

  /// How many times it holds.
  var held: Int { times.count + order.count }

  /// So many events are written at most.
  private var capacity = Int.max

  init(capacity: Int = .max) {
    self.capacity = capacity
    kinds.reserveCapacity(min(capacity, 24))
    times.reserveCapacity(min(capacity, 24))
  }

  private struct Repeated: Equatable {
    let place: Int
    var count = 1
  }

  /// Returns whether both are one sequence of events.
  func isLike(_ other: EventTrace) -> Bool {
    kinds == other.kinds && repeated == other.repeated && errno == other.errno
  }

  mutating func reset() {
    withdraw()
    (origin, outageStart, outageDelay, lastAnswered, errno) = (nil, nil, 0, nil, nil)
    (endReasons, passesOver, listed) = ([], false, nil)
    order.reset()
  }

  /// Which event the last answered segment was; nil if it was none.
  var answered: Int? { lastAnswered.flatMap { time in times.lastIndex { $0 == time } } }

  /// Whether so much was written that a run may pass over what only repeats: a user timeout of
  /// weeks holds millions of events.
  var isFull: Bool { passesOver || times.count >= Self.mostTimes }

  /// So many events stand by themselves; of a longer course what follows only repeats.
  static let mostTimes = 300

  /// Whether the run itself says that the rest only repeats.
  var passesOver = false

  /// Whether all was written that is asked for, so that a run may stop.
  var isDone: Bool { times.count >= capacity }

  mutating func add(_ kind: Timeline.EventKind, at time: Int) {
    guard !isDone else { return }
    kinds.append(kind)
    times.append(time)
  }

  /// Adds an event, or counts it where so many stand there that it only repeats.
  mutating func add(repeated kind: Timeline.EventKind, at time: Int) {
    guard isFull else { return add(kind, at: time) }
    passOver()
    if let last = repeated.indices.last, repeated[last].place == kinds.count {
      repeated[last].count += 1
    } else {
      repeated.append(Repeated(place: kinds.count))
    }
  }

  /// Notes that what only repeats is left out.
  mutating func passOver() { listed = listed ?? kinds.count }

  /// Moves the end, where there is one.
  mutating func moveEnd(to time: Int) {
    if let last = times.indices.last, kinds[last].isEnd { times[last] = time }
  }

  /// Takes back all events: what was found is that this start leads to no course of its own.
  mutating func withdraw() {
    kinds.empty()
    times.empty()
    repeated.empty()
  }

  /// Ends the trace with a segment that reaches the new owner of an address.
  mutating func reachNewOwner(
    at time: Int, errno: String?, by endReasons: Timeline.EndReasons
  ) {
    (self.errno, self.endReasons) = (errno, endReasons)
    add(.newOwner, at: time)
  }

  /// Ends the trace, and finds the last segment whose answer, `roundTrip` later, is in time.
  mutating func giveUp(
    at time: Int, roundTrip: Int, errno: String? = nil, by endReasons: Timeline.EndReasons
  ) {
    lastAnswered = times.last { $0 + roundTrip < time }
    self.roundTrip = roundTrip
    (self.errno, self.endReasons) = (errno, endReasons)
    add(.giveUp, at: time)
  }

  /// Ends the trace of a scenario in which nothing is sent: all of it is outlived.
  mutating func endSilently(at time: Int, by endReasons: Timeline.EndReasons) {
    lastAnswered = time
    self.endReasons = endReasons
    add(.giveUp, at: time)
  }
}
