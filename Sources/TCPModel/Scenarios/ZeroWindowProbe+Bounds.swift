extension ZeroWindowProbe {
  /// The user timeout counts from the first fire; the last wait is what is left of it.
  func bound(of extreme: ExtremeSearch.Extreme, on wheel: TimerWheel) -> Int? {
    guard userTimeout > 0 else { return nil }
    switch (extreme, fate) {
    case (.latestEnd, .diesAnswering(let probe)) where probe <= 64:
      return latestEnd(answering: probe, on: wheel)
    case (.latestEnd, .dies) where lifetime == 0:
      return acknowledgement + latestEnd(answering: 0, on: wheel)
    case (.earliestEnd, .diesAnswering(probe: 0)) where limitTime > userTimeout:
      return wait(0) + userTimeout
    case (.earliestEnd, .dies) where lifetime == 0 && limitTime > userTimeout:
      return acknowledgement + wait(0) + userTimeout
    case (.survival, .survives) where limit * wait(0) >= answersApart:
      return max(acknowledgement + wait(0) + userTimeout - roundTrip, 0)
    default: return nil
    }
  }

  private func latestEnd(answering probes: Int, on wheel: TimerWheel) -> Int {
    func longest(_ backoff: Int) -> Int {
      let wait = wait(min(backoff, retries))
      return wait + wheel.granularity(of: wait)
    }
    let lateness = wheel.granularity(of: min(longestWait, userTimeout))
    let death = (0..<probes).reduce(0) { $0 + wait(min($1, retries)) }
    let end = longest(0) + userTimeout + 2 + lateness - death
    // An answer that comes once the user timeout is over may arm a whole wait.
    let answered = (0..<probes).reduce(0) { $0 + ($1 > 0 ? longest($1) : 0) + answer }
    return answered < userTimeout ? end : max(end, answer + longest(probes))
  }

  /// How long the probes take that may go unanswered, in jiffies, at least.
  private var limitTime: Int {
    (1..<max(min(limit, 64), 1)).reduce(0) { $0 + wait(min($1, retries)) }
  }
}
