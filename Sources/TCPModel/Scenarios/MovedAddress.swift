import NetAddress

extension ScenarioDefinition {
  static let movedAddress = ScenarioDefinition(
    "the peer's address moved to another host, and nobody announced it",
    from: "the connect(), the write, or the last sign of life",
    ending: .reported(errno: nil),
    sysctls: clients.flatMap(\.sysctls).distinct
      + AddressFamily.allCases.flatMap { family in
        [
          "base_reachable_time_ms", "delay_first_probe_time", "ucast_solicit", "mcast_resolicit",
          "retrans_time_ms", "mcast_solicit", "app_solicit",
        ].map { .neighbour($0, family) }
      },
    options: clients.flatMap(\.options).distinct,
    features: clients.reduce(neighbour.features) { $0.union($1.features) },
    enablingOption: .keepalive,
    details: [.retransmissionTimeout, .family, .neighbourEntry, .client],
    usualEntry: .reachable, survivesOutages: false,
    applicationView: """
      A connect() succeeds once a SYN reaches the new owner. An established connection means nothing \
      to the new owner, which answers with a reset: the next read or write fails with ECONNRESET. Where \
      the client gives up before that, it is as with a peer that is gone. An old owner that still \
      answers for the address is believed for ever; one that forwards as a router brings the segments \
      to the new owner at once.
      """,
    simulation: MovedAddress.timeline)

  private static let clients: [ScenarioDefinition] = [connect, send, idle]
}

/// The scenario `moved-address`: a client that goes on sending to the old owner of an address.
///
/// Corresponds to `neigh_timer_handler`, `__neigh_event_send` and `neigh_max_probes` in
/// net/core/neighbour.c, `neigh_rand_reach_time`, and `arp_process` in net/ipv4/arp.c. The entry was
/// confirmed at the start, and nobody else sends to the address. It is believed for a time between
/// half of base_reachable_time and one and a half; what is sent after that makes it asked: first
/// there, where nobody answers. It fails in silence, and the client's next segment asks anew,
/// everybody, so that it reaches the new owner.
struct MovedAddress: TimerSimulation {
  /// What the client sends, and when it gives up: as to a peer that is gone.
  let client: Client
  /// Whether it has just sent something.
  let isAtWork: Bool
  /// What the new owner's answer tells the program; nil for a connect, which succeeds.
  let errno: String?
  let doubt: Doubt
  /// Whether of two timers in one jiffy the neighbour's fires before the client's: on two processors
  /// nobody knows.
  var isNeighbourFirst = false
  let neighbour: Neighbour
  /// The shortest wait that may be the first, in jiffies.
  let shortestWait: Int
  let longestWait: Int

  /// When the entry stops being believed, in jiffies after the start. Nobody is told of it, and nothing
  /// comes of it before the entry is used.
  enum Doubt {
    case atOnce
    /// After the client gave up.
    case never
    /// At this time. It was looked at just before, so that it may be asked without waiting for a segment.
    case after(Int)
    /// At some time within these, so that the client's segment of this number is the first that makes it
    /// asked.
    case before(segment: Int, within: ClosedRange<Int>)
  }

  enum Client {
    case connect(SYNRetransmission)
    case send(DataRetransmission)
    case idle(KeepaliveProbe)

    var simulation: any ClientSimulation {
      switch self {
      case .connect(let client): client
      case .send(let client): client
      case .idle(let client): client
      }
    }
  }

  /// What the neighbour table has set, in jiffies and probes.
  struct Neighbour {
    let delay, interval: Int
    /// How many jiffies after a fire the timer between probes is armed again.
    var lateness = 0
    /// ucast_solicit and mcast_resolicit.
    let unicast, multicast: Int
    /// How long an answer from elsewhere is not believed (`locktime`).
    let lock: Int
    /// Whether an address that failed is asked for again: mcast_solicit is not 0.
    let asksAnew: Bool
  }

  var firstTimer: (delay: Int, wait: Int) { (0, shortestWait) }
  // When the entry stops being believed is no event.
  var isTraceComplete: Bool { false }
  // Which segment makes the entry asked is another one where timers fire earlier.
  var isBoundedByWheels: Bool { false }
  var invariantWaitsUntil: Int { client.simulation.shiftInvariantUntil }
  var opening: Timeline.EventKind? { client.simulation.opening }
  var otherOrder: (any TimerSimulation)? {
    if isNeighbourFirst { return nil }
    var other = self
    other.isNeighbourFirst = true
    return other
  }

  func limitChecks(after fires: [Int], from start: Int) -> [LimitCheck]? {
    client.simulation.limitChecks(after: fires, from: start)
  }

  func run(from start: Int, on wheel: TimerWheel, into trace: inout EventTrace) {
    switch client {
    case .connect(let client): run(client, from: start, on: wheel, into: &trace)
    case .send(let client): run(client, from: start, on: wheel, into: &trace)
    case .idle(let client): run(client, from: start, on: wheel, into: &trace)
    }
  }

  private func run<C: ClientSimulation>(
    _ client: C, from start: Int, on wheel: TimerWheel, into trace: inout EventTrace
  ) {
    trace.reset()
    var asking = Asking(self, at: start, on: wheel)
    if isAtWork { asking.use(at: start) }
    var attempt = client.attempt(from: start, on: wheel)
    var (segment, previous) = (0, Int?.none)
    while true {
      let (now, isOver) = (attempt.due, client.isOver(attempt))
      while asking.due < now || isNeighbourFirst && asking.due == now { asking.fire(into: &trace) }
      if asking.due == now { trace.order.meet() }
      trace.order.addClient(now)
      if case .before(let first, let times) = doubt, segment == first || isOver && segment < first {
        guard
          asking.isDoubted(
            within: times, between: previous, and: isOver ? .max : now, noting: &trace.order)
        else { return trace.withdraw() }
      }
      if isOver {
        asking.leave(to: &trace)
        trace.giveUp(
          at: now, roundTrip: 0, errno: "ETIMEDOUT", by: client.endReasons(of: attempt))
        // The peer that was talked to does not come back.
        trace.lastAnswered = nil
        return
      }
      if asking.findsNewOwner {
        asking.leave(to: &trace)
        if asking.asksAnew { trace.add(.neighbourProbe, at: now) }
        return trace.reachNewOwner(at: now, errno: errno, by: .neighbourEntry)
      }
      if asking.use(at: now) { trace.order.turnToNeighbour() }
      if trace.isFull, asking.isIndifferent,
        let repetition = client.repetition(of: attempt, on: wheel)
      {
        trace.order.omit()
        trace.passOver()
        attempt.due = repetition.until(asking.due).passing(from: now)
      } else {
        trace.add(attempt.kind, at: now)
      }
      (segment, previous) = (segment + 1, attempt.due)
      client.send(&attempt, on: wheel)
    }
  }
}

extension MovedAddress {
  /// The entry between two fires of its timer.
  private struct Asking {
    enum State {
      case reachable, stale, delayed, probing, failed
      /// The new owner has answered; its address is used from now on.
      case found
    }

    private let neighbour: Neighbour
    /// Whether a segment finds out that it is not believed any more.
    private let isDoubtedBySegment: Bool
    private let start: Int
    private let wheel: TimerWheel
    private var state: State
    /// When this state began, and the probes sent in it.
    private var began: Int
    private var sent = 0
    /// When its timer fires.
    private(set) var due = Int.max

    init(_ moved: MovedAddress, at start: Int, on wheel: TimerWheel) {
      (neighbour, self.wheel) = (moved.neighbour, wheel)
      if case .before = moved.doubt {
        isDoubtedBySegment = true
      } else {
        isDoubtedBySegment = false
      }
      (self.start, began) = (start, start)
      switch moved.doubt {
      case .atOnce: state = .stale
      case .before, .never: state = .reachable
      case .after(let time):
        state = .reachable
        arm(for: time, at: start)
      }
    }

    /// Whether a segment reaches the new owner: its address is known, or asked for at once.
    var findsNewOwner: Bool { state == .found || asksAnew }
    var asksAnew: Bool { state == .failed && neighbour.asksAnew }
    /// Whether no segment makes a difference to it before its timer fires.
    var isIndifferent: Bool {
      switch state {
      case .reachable: !isDoubtedBySegment
      case .stale, .found: false
      case .delayed, .probing: true
      case .failed: !neighbour.asksAnew
      }
    }

    private mutating func arm(for wait: Int, at now: Int) {
      due = wheel.fire(after: wait, at: now)
    }

    private mutating func enter(_ state: State, at now: Int) {
      (self.state, began, sent, due) = (state, now, 0, .max)
    }

    /// Takes in a segment, and returns whether it armed the timer.
    @discardableResult
    mutating func use(at now: Int) -> Bool {
      guard state == .stale else { return false }
      enter(.delayed, at: now)
      arm(for: neighbour.delay, at: now)
      return true
    }

    /// Stops believing the entry, and returns whether it may have stopped after one segment and before
    /// the next one, within some time. Which of the two is first in one jiffy, nobody knows.
    mutating func isDoubted(
      within times: ClosedRange<Int>, between previous: Int?, and next: Int,
      noting order: inout FireOrder
    ) -> Bool {
      state = .stale
      let first = wheel.fire(after: times.lowerBound, at: start)
      let last = wheel.fire(after: times.upperBound, at: start)
      order.holdClient(against: first...last)
      return first <= next && previous ?? last <= last
    }

    /// Notes when its timer would have fired.
    func leave(to trace: inout EventTrace) {
      if due < .max { trace.order.addNeighbour(due) }
    }

    /// What its timer does when it fires.
    mutating func fire(into trace: inout EventTrace) {
      let now = due
      trace.order.addNeighbour(now)
      switch state {
      case .reachable:
        enter(.stale, at: now)
        trace.order.compare(with: start + neighbour.delay)
        if now <= start + neighbour.delay { use(at: now) }
      case .delayed:
        enter(.probing, at: now)
        probe(at: now, into: &trace)
      case .probing: probe(at: now, into: &trace)
      case .stale, .failed, .found: due = .max
      }
    }

    /// Asks once more, or gives the entry up, which nobody is told of.
    private mutating func probe(at now: Int, into trace: inout EventTrace) {
      guard sent < neighbour.unicast + neighbour.multicast else {
        return enter(.failed, at: now)
      }
      trace.add(repeated: .neighbourProbe, at: now)
      sent += 1
      if sent > neighbour.unicast { trace.order.compare(with: began + neighbour.lock) }
      if sent > neighbour.unicast, now - began > neighbour.lock { return enter(.found, at: now) }
      arm(for: neighbour.interval, at: now + neighbour.lateness)
    }
  }
}
