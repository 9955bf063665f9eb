extension MovedAddress {
  /// In one run no more segments are followed, nor requests: a search holds dozens of runs at once.
  static let mostInRun = 100_000

  /// Between which times a client's segments leave, whatever the phase: those that leave before the neighbour
  /// has been asked in vain for certain, and one more, or all with the end.
  struct ClientBounds {
    let neighbour: Neighbour
    /// For how long an entry may be believed; nil where it is not.
    private let believed: ClosedRange<Int>?
    private let wheel: TimerWheel
    private var earliest: [Int] = []
    private var latest: [Int] = []
    private(set) var latestGiveUp = Int.max
    /// The longest wait before each segment or one before it, and the client's longest of all.
    private var longestWaits: [Int] = []
    private var longestWait = 0
    /// Whether so many segments leave while the neighbour is asked that they were not followed.
    private var isCut = false
    /// How long after the start the entry may have been confirmed; nil where that is the start.
    private var latestOrigin: Int?

    /// - Parameter believed: for how long an entry may be believed; nil where it is not.
    /// - Throws: where there are too many segments.
    init(
      of client: Client, beside neighbour: Neighbour, believing believed: ClosedRange<Int>?,
      on wheel: TimerWheel
    ) throws(Unknown) {
      (self.neighbour, self.believed, self.wheel) = (neighbour, believed, wheel)
      longestWait = client.simulation.longestWait
      switch client {
      case .connect(let client): try follow(client)
      case .send(let client): try follow(client)
      case .idle(let client): try follow(client)
      }
    }

    private mutating func follow<C: ClientSimulation>(_ client: C) throws(Unknown) {
      var early = Segments(of: client, on: wheel.bounds.earliest)
      var late = Segments(of: client, on: wheel.bounds.latest)
      latestOrigin = late.hasOrigins ? late.due : nil
      // What leaves after the last doubt has the neighbour asked.
      try early.follow(client, until: latestDoubt)
      try late.follow(client, count: early.times.count)
      let asked = (late.times.last ?? 0).addingReportingOverflow(asking)
      do {
        try early.follow(client, until: asked.overflow ? .max : asked.partialValue)
        try late.follow(client, count: early.isOver ? .max : early.times.count)
      } catch {
        isCut = true
      }
      (earliest, latest) = (early.times, late.times)
      if late.isOver, let last = latest.last { latestGiveUp = last }
      // The later the last sign of life, the fewer probes a user timeout takes, but not in every phase.
      if let latestOrigin, early.isOver {
        latestGiveUp = latestOrigin + (earliest.count - 1) * self.late(longestWait)
      }
      for (time, previous) in zip(latest, [0] + latest) {
        longestWaits.append(max(longestWaits.last ?? 0, time - previous))
      }
    }

    /// How many segments leave, with the end.
    var segments: Int { max(earliest.count, latest.count) }

    /// When the entry stops being believed at the latest.
    private var latestDoubt: Int { (latestOrigin ?? 0) + self.late(believed?.upperBound ?? 0) }

    /// After how many jiffies at most the last request to the neighbour was in vain.
    private var asking: Int {
      let requests = neighbour.unicast + neighbour.multicast
      let product = requests.multipliedReportingOverflow(by: late(neighbour.interval) + 1)
      let sum = product.partialValue.addingReportingOverflow(late(neighbour.delay))
      return product.overflow || sum.overflow ? .max : sum.partialValue
    }

    /// When an entry that was confirmed may stop being believed, as far as it makes a difference:
    /// before which segment, whatever the time. What is asked at once is asked at a time of its own.
    ///
    /// - Throws: where that time depends on when the entry was confirmed, which is not certain.
    func doubts() throws(Unknown) -> [Doubt] {
      guard let times = believed else { return [.atOnce] }
      if times.lowerBound > latestGiveUp { return [.never] }
      // The end is no segment: one that is believed until then makes no difference later.
      let last = min(earliest.count, latest.count) - 1
      let next = (0..<segments).filter { segment in
        let isAfter = segment == 0 || before(segment) <= latestDoubt
        return isAfter && (segment >= last || latest[segment] > times.lowerBound)
      }
      let atOnce = times.lowerBound <= neighbour.delay ? own(times, until: neighbour.delay) : []
      if latestOrigin != nil, !atOnce.isEmpty {
        throw Unknown(
          "an entry believed for so short a time is asked for without a segment, at a moment that"
            + " depends on keepalive probes answered before; a base_reachable_time_ms of more than twice"
            + " delay_first_probe_time, or a keepalive interval no longer than the idle time, is simulated"
        )
      }
      return next.map { .before(segment: $0, within: times) } + atOnce.map { .after($0) }
    }

    /// Returns the earliest time of the segment before one.
    private func before(_ segment: Int) -> Int {
      segment <= earliest.count ? earliest[segment - 1] : earliest.last ?? 0
    }

    /// Returns those of some times, up to an end, for which a timer may be armed that lead to all fires
    /// there are.
    private func own(_ times: ClosedRange<Int>, until end: Int) -> [Int] {
      let end = min(end, times.upperBound)
      var (own, time) = ([end], times.lowerBound)
      while time < end {
        own.append(time)
        time += wheel.granularity(of: time)
      }
      return own
    }

    private func late(_ wait: Int) -> Int { wait + wheel.granularity(of: wait) }

    /// Returns the longest wait that may come before the new owner is found: the client's longest of
    /// all, which comes where it is not found, may be much longer.
    func longestWait(untilFoundAfter doubt: Doubt) -> Int {
      guard neighbour.asksAnew, !isCut, latestOrigin == nil else { return longestWait }
      let asked =
        switch doubt {
        case .atOnce: latest(after: late(0))
        case .never: latestGiveUp
        case .after(let time): latest(after: late(time))
        case .before(let segment, _): segment < latest.count ? latest[segment] : latestGiveUp
        }
      let inVain = asked.addingReportingOverflow(asking)
      let isBefore = !inVain.overflow && inVain.partialValue < latestGiveUp
      let found = isBefore ? latest(after: inVain.partialValue) : latestGiveUp
      let segments = latest.place(after: found)
      return segments > 0 ? longestWaits[segments - 1] : 0
    }

    /// Returns when the first segment leaves at the latest that leaves after a time in any phase.
    private func latest(after time: Int) -> Int {
      let segment = earliest.place(after: time)
      return segment < min(earliest.count, latest.count) ? latest[segment] : latest.last ?? 0
    }
  }

  /// When a client's segments leave, and the end, as far as it was followed.
  private struct Segments<C: ClientSimulation> {
    private let wheel: TimerWheel
    private var attempt: C.Attempt
    private(set) var times: [Int] = []
    private(set) var isOver = false

    var due: Int { attempt.due }
    /// Whether times may count from several moments.
    var hasOrigins: Bool { attempt.origins != nil }

    init(of client: C, on wheel: TimerWheel) {
      (self.wheel, attempt) = (wheel, client.attempt(from: 0, on: wheel))
    }

    /// Follows the client until a segment leaves after a time.
    mutating func follow(_ client: C, until time: Int) throws(Unknown) {
      while !isOver, times.last ?? -1 <= time { try step(client) }
    }

    /// Follows the client until so many segments have left.
    mutating func follow(_ client: C, count: Int) throws(Unknown) {
      while !isOver, times.count < count { try step(client) }
    }

    private mutating func step(_ client: C) throws(Unknown) {
      guard times.count < MovedAddress.mostInRun else {
        throw Unknown(
          "more segments leave before the entry is doubted than are simulated")
      }
      times.append(attempt.due)
      isOver = client.isOver(attempt)
      if !isOver { client.send(&attempt, on: wheel) }
    }
  }
}
