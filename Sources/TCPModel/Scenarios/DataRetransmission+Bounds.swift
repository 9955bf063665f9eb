extension DataRetransmission {
  /// The limit counts from the first retransmission by timeout; where waits are cut short, the last
  /// one is what is left of it.
  func bound(of extreme: ExtremeSearch.Extreme, on wheel: TimerWheel) -> Int? {
    func longest(_ wait: Int) -> Int { wait + wheel.granularity(of: wait) }
    switch extreme {
    case .latestEnd where userTimeout > 0:
      let clock = longest(timeout) + (lossProbe == nil ? 0 : rearmed + longest(firstTimer.wait))
      // Milliseconds and ticks are rounded up.
      return clock + limit + 4 + wheel.granularity(of: min(maximum, limit + 4))
    case .earliestEnd:
      let clock = timeout + (lossProbe == nil ? 0 : rearmed + firstTimer.wait)
      return clock + min(limit, limitAtMaximum)
    case .latestEnd, .survival: return nil
    }
  }
}
