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

    /// Returns those of the times for which an entry may be believed that lead to all there is: where
    /// its timer fires between the same two segments whatever the phase, one stands for all.
    func decisive(_ times: ClosedRange<Int>, beside neighbour: Neighbour) -> [Int] {
      var (decisive, time) = ([times.upperBound], times.lowerBound)
      while time < times.upperBound {
        decisive.append(time)
        let bucket = wheel.granularity(of: time)
        // What is asked at once is asked at a time of its own.
        let next = time <= neighbour.delay ? time : earliest.first { $0 > time } ?? .max
        let before = zip(earliest, latest).reversed().first { $0.0 <= time }?.1 ?? 0
        time = max(time + bucket, before < time && next < .max ? next - bucket : 0)
        if before < time, next == .max { break }
      }
      return decisive
    }

    /// Returns the longest wait that may come before the new owner is found: the client's longest of
    /// all may be much longer.
    func longestWait(untilFoundBy neighbour: Neighbour, believedFor time: Int) -> Int {
      func late(_ wait: Int) -> Int { wait + wheel.granularity(of: wait) }
      let asked = latest(after: late(time)) + late(neighbour.delay)
      let requests = neighbour.unicast + neighbour.multicast
      let asking = requests.multipliedReportingOverflow(by: late(neighbour.interval) + 1)
      let isBefore = !asking.overflow && asking.partialValue < latestGiveUp
      let found = isBefore ? latest(after: asked + asking.partialValue) : latestGiveUp
      let segments = latest.prefix { $0 <= found }
      return zip(segments, [0] + segments).map(-).max() ?? 0
    }

    /// Returns when the first segment leaves at the latest that leaves after a time in any phase.
    private func latest(after time: Int) -> Int {
      zip(earliest, latest).first { $0.0 > time }?.1 ?? latest.last ?? 0
    }
  }
}
