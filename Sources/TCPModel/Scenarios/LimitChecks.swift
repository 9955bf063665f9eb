/// Limits looked at, as a run with these fires comes upon them.
private struct CheckedLimits {
  let fires: [Int]
  let start: Int
  var checks: [LimitCheck] = []

  init(_ fires: [Int], from start: Int) {
    (self.fires, self.start) = (fires, start)
    checks.reserveCapacity(2 * fires.count)
  }

  /// Returns whether a limit is met, and notes that it was looked at, but where it counts from that fire:
  /// there it is met in all phases or in none.
  @discardableResult
  mutating func isMet(_ limit: Int, at fire: Int, since base: Int? = nil) -> Bool {
    if fire != base { checks.append(LimitCheck(fire: fire, base: base, limit: limit)) }
    return fires[fire] - (base.map { fires[$0] } ?? start) >= limit
  }
}

extension DataRetransmission {
  func limitChecks(after fires: [Int], from start: Int) -> [LimitCheck]? {
    let first = lossProbe == nil ? 0 : 1
    guard first < fires.count else { return [] }
    var limits = CheckedLimits(fires, from: start)
    var (wait, isCut) = (timeout, false)
    for fire in first..<fires.count {
      // A wait that was cut short lasts until the limit.
      if !isCut { limits.isMet(limit(beside: wait), at: fire, since: first) }
      wait = timeout(after: wait, sent: fire - first + 1)
      if userTimeout > 0 {
        let cut = UserTimeout.cutting(wait, to: userTimeout, hertz: hertz)
        isCut = limits.isMet(cut, at: fire, since: first)
      }
    }
    return limits.checks
  }
}

extension SYNRetransmission {
  func limitChecks(after fires: [Int], from start: Int) -> [LimitCheck]? {
    var limits = CheckedLimits(fires, from: start)
    var (wait, isCut) = (initial, false)
    for fire in fires.indices {
      if fire > 0, limit < .max, !isCut || timeLimit != .userTimeout {
        limits.isMet(limit, at: fire)
      }
      wait = timeout(after: wait, sent: fire + 1)
      if userTimeout > 0 {
        let cut = UserTimeout.cutting(wait, to: userTimeout, hertz: hertz)
        isCut = limits.isMet(cut, at: fire)
      }
    }
    return limits.checks
  }
}

extension KeepaliveProbe {
  func limitChecks(after fires: [Int], from start: Int) -> [LimitCheck]? {
    guard userTimeout > 0 else { return [] }
    let limit = before == nil ? userTimeout : userTimeout + shortestAnswer
    return fires.indices.dropFirst().map { LimitCheck(fire: $0, limit: limit) }
  }
}

extension ZeroWindowProbe {
  func limitChecks(after fires: [Int], from start: Int) -> [LimitCheck]? {
    // What was passed over, and when a peer dies in time, is no fire.
    guard fires.count < EventTrace.mostTimes, lifetime == 0 || lifetime == .max else { return nil }
    // The first fire is where the clock starts.
    let clock = 0
    var limits = CheckedLimits(fires, from: start)
    var (isCut, answered) = (false, Int?.none)
    for fire in fires.indices {
      if userTimeout > 0, !isCut { limits.isMet(userTimeout, at: fire, since: clock) }
      // The last one is the end.
      if fire + 1 == fires.count { break }
      var armed = 0
      if answers(probe: fire, after: answered),
        answered.map({ limits.isMet(answersApart, at: fire, since: $0) }) ?? true
      {
        // One that may come after a wait which was cut.
        if userTimeout > 0, limits.isMet(userTimeout - answer, at: fire, since: clock) {
          return nil
        }
        (answered, armed) = (fire, answer)
      }
      if userTimeout > 0 {
        let cut = userTimeout - armed - wait(min(fire + 1, retries)) + 1
        isCut = limits.isMet(cut, at: fire, since: clock)
      }
    }
    return limits.checks
  }

  /// Returns whether the peer lives when it is probed, the first probe being zero.
  private func answers(probe: Int, after answered: Int?) -> Bool {
    switch fate {
    case .diesAnswering(let last): last > 0 && answered.map { $0 + 1 < last } ?? true
    case .dies, .diesAtWorstMoment: lifetime > 0
    case .survives: true
    }
  }
}
