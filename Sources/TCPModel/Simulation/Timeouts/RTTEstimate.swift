/// The first retransmission timeouts and loss probe waits that a path's round trips lead to.
///
/// The timeout is what `Path.timeouts` says, rounded up to jiffies.
struct RTTEstimate {
  /// At most so many timeouts are simulated: of more, some evenly spread and the two sides of each
  /// cliff.
  static let mostTimeouts = 512

  private let path: Path
  private let tick: TickRate
  private let minimum, maximum: Int

  /// - Parameters: the bounds of the timeout, in jiffies.
  init(_ path: Path, minimum: Int, maximum: Int, at tick: TickRate) {
    (self.path, self.minimum, self.maximum, self.tick) = (path, minimum, maximum, tick)
  }

  private var minimumTime: Duration { tick.duration(minimum) }

  /// Returns the first timeouts that occur, in jiffies, in ascending order.
  /// - Parameter simulation: what a timeout leads to; it finds the cliffs of a long range.
  func timeouts<P: TimerSimulation>(_ simulation: (Int) -> P) -> [Int] {
    if let known = path.retransmissionTimeout {
      return [min(max(tick.jiffies(known), 1), maximum)]
    }
    let timeouts = path.timeouts(minimum: minimumTime)
    let first = min(tick.jiffies(timeouts.lowerBound), maximum)
    let last = min(tick.jiffies(timeouts.upperBound), maximum)
    guard last - first >= Self.mostTimeouts else { return Array(first...last) }
    let sides = cliffs(in: first...last, simulation)
    let half = Self.mostTimeouts / 2
    let evenly = (0..<half).map { first + (last - first) * $0 / (half - 1) }
    return Set(sides.sampled(half) + evenly).sorted()
  }

  /// Both sides of each timeout at which the number of events jumps, in ascending order.
  ///
  /// With a longer timeout no event comes earlier, so the number never grows: where it is the same
  /// at both ends of a stretch, there is no cliff in between.
  private func cliffs<P: TimerSimulation>(
    in range: ClosedRange<Int>, _ simulation: (Int) -> P
  ) -> [Int] {
    var trace = EventTrace()
    let wheel = TimerWheel(tick)
    let phases = wheel.granularity(of: simulation(range.upperBound).longestWait)
    // With timers that are as early and as late as in any phase, and those of some phases.
    let courses =
      [(wheel.bounds.earliest, 0), (wheel.bounds.latest, 0)]
      + (0..<4).map { (wheel, phases * $0 / 4) }
    func counts(_ timeout: Int) -> [Int] {
      courses.map { wheel, start in
        simulation(timeout).run(from: start, on: wheel, into: &trace)
        return trace.times.count
      }
    }
    var sides: [Int] = []
    var stretches = [(range, counts(range.lowerBound), counts(range.upperBound))]
    while let (stretch, low, high) = stretches.popLast() {
      if low == high { continue }
      guard stretch.count > 2 else {
        sides += [stretch.lowerBound, stretch.upperBound]
        continue
      }
      let middle = stretch.lowerBound + stretch.count / 2
      let between = counts(middle)
      stretches.append((middle...stretch.upperBound, between, high))
      stretches.append((stretch.lowerBound...middle, low, between))
    }
    return sides
  }

  /// The wait before a tail loss probe, in jiffies, and when after the send it is armed.
  struct LossProbe {
    let wait, rearmed: Int
  }

  /// Returns when the loss probe may leave for a first timeout: two round trips after the last
  /// segment, and for a lone segment the shortest timeout more, but never later than the timeout
  /// itself.
  ///
  /// On a path of some length an answer to what was sent before, late by a delayed ACK, arms the
  /// probe anew for what is left; a shorter wait falls into a finer bucket of the wheel.
  func lossProbes(before timeout: Int) -> [LossProbe] {
    let roundTrips = self.roundTrips(leadingTo: timeout)
    let allowance = path.segments == 1 ? minimumTime : .milliseconds(2)  // TCP_TIMEOUT_MIN_US
    let waits = [roundTrips.lowerBound, roundTrips.upperBound].map {
      min(tick.jiffies($0 * 2 + allowance), timeout)
    }
    return Set(waits).sorted().flatMap { wait in
      let answer = tick.jiffies(roundTrips.upperBound + .milliseconds(40))  // TCP_DELACK_MIN
      let wheel = TimerWheel(tick)
      let isFiner =
        roundTrips.upperBound >= tick.duration(1) && answer < wait
        && wheel.granularity(of: wait - answer) < wheel.granularity(of: wait)
      return (isFiner ? [0, answer] : [0]).map { LossProbe(wait: wait, rearmed: $0) }
    }
  }

  /// Returns the longest round trip of the path under which the timeout is `timeout` jiffies; at
  /// its maximum any may be.
  func slowestAnswer(within timeout: Int) -> Duration {
    timeout < maximum ? roundTrips(leadingTo: timeout).upperBound : path.roundTrip.upperBound
  }

  /// Returns the smoothed round trips of the path under which the timeout is `timeout` jiffies.
  private func roundTrips(leadingTo timeout: Int) -> ClosedRange<Duration> {
    if path.retransmissionTimeout != nil { return path.roundTrip }
    let above = tick.duration(timeout - 1)
    let cold = above - minimumTime <= minimumTime / 2 ? above - minimumTime : above / 3
    let warm = tick.duration(timeout) - minimumTime
    let low = max(path.roundTrip.lowerBound, min(cold, path.roundTrip.upperBound))
    return low...max(low, min(path.roundTrip.upperBound, warm))
  }
}
