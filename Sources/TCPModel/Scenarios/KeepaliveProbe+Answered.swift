extension KeepaliveProbe {
  /// What came after a probe that was answered: when that left the timer was armed for the interval, and
  /// nothing but its own fire arms it anew (`tcp_keepalive_timer`). The later traffic comes last after it, the
  /// shorter the silence is when the timer fires: anything from the interval down to the idle time.
  struct AnsweredBefore {
    /// Of those that end with the same number of probes.
    enum Moment { case earliest, latest }

    /// How many more probes a user timeout takes than where the answer came last.
    let moreProbes: Int
    /// When the last was heard of the peer, after the answer.
    let moment: Moment

    /// The answer came last.
    static let atOnce = AnsweredBefore(moreProbes: 0, moment: .earliest)
  }

  /// What is simulated after the probe that was answered, whose leaving is the start of the run.
  func after(_ before: AnsweredBefore) -> KeepaliveProbe {
    var later = self
    (later.before, later.circumstance) = (before, .answeredProbes)
    return later
  }

  /// The same where no probe was answered before and, where that is another course, where some were.
  func inAllCircumstances(on wheel: TimerWheel) -> [KeepaliveProbe] {
    // Options that are set late, and a count of none, let no probe come before. Where an answer takes longer
    // than the interval exceeds the idle time, the timer finds that not over.
    guard interval > idle, interval - idle >= shortestAnswer, interval < TimerWheel.shortestCutoff,
      setAfter == 0,
      userTimeout > 0 || count > 0
    else { return [self] }
    var fresh = self
    fresh.circumstance = .noAnsweredProbe
    let more = (0...2).filter { $0 == 0 || mayTake(moreProbes: $0, on: wheel) }
    return [fresh]
      + more.flatMap { more in
        [AnsweredBefore.Moment.earliest, .latest].map {
          after(AnsweredBefore(moreProbes: more, moment: $0))
        }
      }
  }

  /// Returns whether a user timeout takes so many more probes in any phase.
  private func mayTake(moreProbes: Int, on wheel: TimerWheel) -> Bool {
    guard userTimeout > 0 else { return false }
    let distance = wheel.fire(after: interval, at: 0)
    let longest = interval + wheel.granularity(of: interval)
    let fewest = fires(within: userTimeout + shortestAnswer - longest, distance)
    return fewest + moreProbes <= mostProbes(distance)
  }

  /// Returns how many probes a user timeout takes where the idle time went before the first.
  private func mostProbes(_ distance: Int) -> Int { (userTimeout - idle - 1) / distance + 1 }

  /// Returns how many fires it takes to fill a time, one at least.
  private func fires(within time: Int, _ distance: Int) -> Int {
    max((time + distance - 1) / distance, 1)
  }

  func attempt(
    from start: Int, _ before: AnsweredBefore, on wheel: TimerWheel
  ) -> Attempt {
    let first = wheel.fire(after: interval, at: start)
    // When it was heard last, after the start: later, the timer finds that the idle time is not over.
    var heard = (earliest: shortestAnswer, latest: first - start - idle)
    var moment = before.moment
    if userTimeout > 0 {
      let distance = wheel.fire(after: interval, at: first) - first
      let fewest = fires(within: userTimeout + heard.earliest - (first - start), distance)
      let most = max(mostProbes(distance), fewest)
      let probes = min(fewest + before.moreProbes, most)
      // Where it never takes so many it is the last moment of what there is.
      if fewest + before.moreProbes > most { moment = .latest }
      /// The latest moment at which so many probes are enough.
      func latest(_ probes: Int) -> Int { first + probes * distance - start - userTimeout }
      if probes > fewest { heard.earliest = latest(probes - 1) + 1 }
      heard.latest = min(heard.latest, latest(probes))
    }
    let last = start + (moment == .earliest ? heard.earliest : heard.latest)
    var attempt = Attempt(start: last, due: first, outageStart: first)
    attempt.origin = last
    return attempt
  }
}
