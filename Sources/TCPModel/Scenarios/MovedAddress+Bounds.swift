extension MovedAddress {
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
      // What leaves after the last doubt has the neighbour asked.
      try early.follow(client, until: self.late(believed?.upperBound ?? 0))
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
      for (time, previous) in zip(latest, [0] + latest) {
        longestWaits.append(max(longestWaits.last ?? 0, time - previous))
      }
    }

    /// How many segments leave, with the end.
    var segments: Int { max(earliest.count, latest.count) }

    /// After how many jiffies at most the last request to the neighbour was in vain.
    private var asking: Int {
      let requests = neighbour.unicast + neighbour.multicast
      let product = requests.multipliedReportingOverflow(by: late(neighbour.interval) + 1)
      let sum = product.partialValue.addingReportingOverflow(late(neighbour.delay))
      return product.overflow || sum.overflow ? .max : sum.partialValue
    }

    /// When an entry that was confirmed may stop being believed, as far as it makes a difference:
    /// before which segment, whatever the time. What is asked at once is asked at a time of its own.
    var doubts: [Doubt] {
      guard let times = believed else { return [.atOnce] }
      if times.lowerBound > latestGiveUp { return [.never] }
      // The end is no segment: one that is believed until then makes no difference later.
      let last = min(earliest.count, latest.count) - 1
      let next = (0..<segments).filter { segment in
        let isAfter = segment == 0 || before(segment) <= late(times.upperBound)
        return isAfter && (segment >= last || latest[segment] > times.lowerBound)
      }
      let atOnce = times.lowerBound <= neighbour.delay ? own(times, until: neighbour.delay) : []
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
      guard neighbour.asksAnew, !isCut else { return longestWait }
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
    /// No more are followed.
    private static var most: Int { 100_000 }

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
      guard times.count < Self.most else {
        throw Unknown(
          "more segments leave before the entry is doubted than are simulated")
      }
      times.append(attempt.due)
      isOver = client.isOver(attempt)
      if !isOver { client.send(&attempt, on: wheel) }
    }
  }
}
