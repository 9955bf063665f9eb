/// When two timers of one run fired, each in its own order: what comes of a run depends on which of them
/// is first, and on whether a time that is no event has come when one of them fires.
///
/// All of them are jiffies; the later a run starts, the later each is, as long as their order is the same.
struct FireOrder {
  /// What the client's timer did, and the neighbour's.
  private(set) var client: [Int] = []
  private(set) var neighbour = FireTimes()
  /// What the neighbour's was held against besides, and the client's.
  private(set) var limits: [Int] = []
  private(set) var clientLimits: ClosedRange<Int>?
  /// From which of its fires on the neighbour's timer counts from a fire of the client's, and which that
  /// is; nil where all count from the start.
  private(set) var turn: Turn?
  /// Whether both fired in one jiffy.
  private(set) var isTied = false
  /// Whether more decides than is noted.
  private(set) var isPartial = false

  struct Turn: Equatable {
    let neighbour, client: Int
  }

  /// How many fires it tells of.
  var count: Int { client.count + neighbour.count }

  mutating func reset() {
    client.empty()
    neighbour.empty()
    limits.empty()
    (clientLimits, turn, isTied, isPartial) = (nil, nil, false, false)
  }

  mutating func addClient(_ time: Int) {
    if client.isEmpty { client.reserveCapacity(16) }
    client.append(time)
  }

  mutating func addNeighbour(_ time: Int) { neighbour.append(time) }

  /// Notes that the client's last fire armed the neighbour's timer.
  mutating func turnToNeighbour() {
    turn = Turn(neighbour: neighbour.count, client: client.count - 1)
  }

  /// Notes that both fire in one jiffy.
  mutating func meet() { isTied = true }

  /// Notes that the neighbour's fires are held against a time.
  mutating func compare(with limit: Int) {
    if limits.last != limit { limits.append(limit) }
  }

  /// Notes that the client's fires are held against two times.
  mutating func holdClient(against limits: ClosedRange<Int>) { clientLimits = limits }

  /// Notes that what decides is not noted: fires that were passed over, or which of two in one jiffy was
  /// armed for the longer wait.
  mutating func omit() { isPartial = true }

  /// Returns whether both have as many fires of each timer, held against as many times.
  func isLike(_ other: FireOrder) -> Bool {
    client.count == other.client.count && neighbour.count == other.neighbour.count
      && limits.count == other.limits.count && turn == other.turn
      && (clientLimits == nil) == (other.clientLimits == nil)
  }

  /// Returns whether both have the same fires at the same times.
  func hasFires(of other: FireOrder) -> Bool {
    client == other.client && neighbour == other.neighbour && clientLimits == other.clientLimits
  }
}

extension PhaseInterval {
  /// Whether every run between the two, with the same events, has the order of their fires: where nothing
  /// of the one timer's can be passed by the other's, neither between the first start and the last, nor as
  /// long as each wait is late by a bucket at most.
  ///
  /// - Parameter invariant: for how many jiffies the client's waits are the same in all phases.
  func keepsOrder(on wheel: TimerWheel, invariant: Int) -> Bool {
    let (first, last) = (low.trace.order, high.trace.order)
    guard !first.isPartial, !last.isPartial, !first.client.isEmpty, first.isLike(last) else {
      return false
    }
    let fires = Moments(first.neighbour, last.neighbour)
    let clients = Moments(first.client, last.client)
    guard fires.areApart(from: Moments(first.limits, last.limits), { _, _ in false }) else {
      return false
    }
    if let limits = first.clientLimits, let others = last.clientLimits {
      let limits = Moments(
        [limits.lowerBound, limits.upperBound], [others.lowerBound, others.upperBound])
      guard clients.areApart(from: limits, { _, _ in false }) else { return false }
    }
    if fires.areApart(from: clients, { _, _ in false }) { return true }
    let sums = FireSums(of: self, on: wheel)
    return fires.areApart(from: clients) { fire, other in
      let isInvariant =
        first.client[other] - low.start < invariant && last.client[other] - high.start < invariant
      return isInvariant && sums.areApart(neighbour: fire, client: other)
    }
  }
}

/// The same moments in the first run of a stretch and in its last.
private struct Moments<Times: RandomAccessCollection>
where Times.Element == Int, Times.Index == Int {
  let first, last: Times

  init(_ first: Times, _ last: Times) { (self.first, self.last) = (first, last) }

  /// Returns whether no moment can come to lie on the other side of one of the others.
  /// - Parameter areApart: whether one of these and one of the others keep their order for another
  ///   reason than that the last run of the one is before the first of the other.
  func areApart<Others>(from others: Moments<Others>, _ areApart: (Int, Int) -> Bool) -> Bool {
    var place = 0
    for other in others.first.indices {
      while place < first.count, first[place] < others.first[other] { place += 1 }
      if place > 0, !isBefore(place - 1, others, other), !areApart(place - 1, other) {
        return false
      }
      if place < first.count, !others.isBefore(other, self, place), !areApart(place, other) {
        return false
      }
    }
    return true
  }

  /// Returns whether a moment is before another in all runs, or both are the same in all.
  private func isBefore<Others>(_ place: Int, _ others: Moments<Others>, _ other: Int) -> Bool {
    last[place] < others.first[other]
      || first[place] == last[place] && others.first[other] == others.last[other]
  }
}

/// How long it may be until each fire, whatever the phase, from the moment from which its timer counts.
private struct FireSums {
  private let client: LatenessSums
  private var neighbour = LatenessSums()
  private let turn: FireOrder.Turn?

  init(of interval: PhaseInterval, on wheel: TimerWheel) {
    let (first, last) = (interval.low.trace.order, interval.high.trace.order)
    turn = first.turn
    client = LatenessSums(
      between: (interval.low.start, first.client), (interval.high.start, last.client), on: wheel)
    var before = (first: interval.low.start, last: interval.high.start)
    for place in first.neighbour.indices {
      if let turn, place == turn.neighbour {
        before = (first.client[turn.client], last.client[turn.client])
        neighbour.begin()
      }
      let fire = (first: first.neighbour[place], last: last.neighbour[place])
      neighbour.add(fire.first - before.first, fire.last - before.last, on: wheel)
      before = fire
    }
  }

  /// Returns whether two fires are in one order, whatever the phase.
  func areApart(neighbour fire: Int, client other: Int) -> Bool {
    var base = 0...0
    if let turn, fire >= turn.neighbour {
      // What armed it comes before it.
      if other <= turn.client { return true }
      base = client.sums[turn.client]
    }
    let (mine, theirs) = (neighbour.sums[fire], client.sums[other])
    return mine.upperBound < theirs.lowerBound - base.lowerBound
      || theirs.upperBound - base.upperBound < mine.lowerBound
  }
}
