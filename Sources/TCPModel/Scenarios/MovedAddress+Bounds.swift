extension MovedAddress {
  /// Between which times a client's segments leave, whatever the phase.
  struct ClientBounds {
    private let wheel: TimerWheel
    private let earliest, latest: [Int]

    init(of client: any TimerSimulation, on wheel: TimerWheel) {
      var (earliest, latest) = (EventTrace(), EventTrace())
      client.run(from: 0, on: wheel.bounds.earliest, into: &earliest)
      client.run(from: 0, on: wheel.bounds.latest, into: &latest)
      (self.earliest, self.latest, self.wheel) = (earliest.times, latest.times, wheel)
    }

    var latestGiveUp: Int { latest.last ?? .max }
    /// How many segments leave, with the end.
    var segments: Int { max(earliest.count, latest.count) }

    /// Returns when an entry that was confirmed may stop being believed, as far as it makes a difference:
    /// before which segment, whatever the time. What is asked at once is asked at a time of its own.
    /// - Parameter times: for how long it may be believed; nil where it is not.
    func doubts(of times: ClosedRange<Int>?, beside neighbour: Neighbour) -> [Doubt] {
      guard let times else { return [.atOnce] }
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

    /// Returns those of some times, up to an end, for which a timer may be armed that lead to all fires there are.
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
    /// all may be much longer.
    func longestWait(untilFoundBy neighbour: Neighbour, _ doubt: Doubt) -> Int {
      let asked =
        switch doubt {
        case .atOnce: latest(after: late(0))
        case .after(let time): latest(after: late(time))
        case .before(let segment, _): segment < latest.count ? latest[segment] : latestGiveUp
        }
      let requests = neighbour.unicast + neighbour.multicast
      let asking = requests.multipliedReportingOverflow(by: late(neighbour.interval) + 1)
      let isBefore = !asking.overflow && asking.partialValue < latestGiveUp
      let found =
        isBefore ? latest(after: asked + late(neighbour.delay) + asking.partialValue) : latestGiveUp
      let segments = latest.prefix { $0 <= found }
      return zip(segments, [0] + segments).map(-).max() ?? 0
    }

    /// Returns when the first segment leaves at the latest that leaves after a time in any phase.
    private func latest(after time: Int) -> Int {
      zip(earliest, latest).first { $0.0 > time }?.1 ?? latest.last ?? 0
    }
  }
}
