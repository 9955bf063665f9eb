extension DataRetransmission {
  func limitChecks(after fires: [Int], from start: Int) -> [LimitCheck]? {
    let first = lossProbe == nil ? 0 : 1
    guard first < fires.count else { return [] }
    var checks: [LimitCheck] = []
    checks.reserveCapacity(2 * fires.count)
    var (wait, isCut) = (timeout, false)
    for fire in first..<fires.count {
      // A wait that was cut short lasts until the limit.
      if fire > first, !isCut {
        checks.append(LimitCheck(fire: fire, base: first, limit: limit(beside: wait)))
      }
      wait = timeout(after: wait, sent: fire - first + 1)
      if userTimeout > 0 {
        let cut = UserTimeout.cutting(wait, to: userTimeout, hertz: hertz)
        checks.append(LimitCheck(fire: fire, base: first, limit: cut))
        isCut = fires[fire] - fires[first] >= cut
      }
    }
    return checks
  }
}

extension SYNRetransmission {
  func limitChecks(after fires: [Int], from start: Int) -> [LimitCheck]? {
    var checks: [LimitCheck] = []
    checks.reserveCapacity(2 * fires.count)
    var (wait, isCut) = (initial, false)
    for fire in fires.indices {
      if fire > 0, limit < .max, !isCut || timeLimit != .userTimeout {
        checks.append(LimitCheck(fire: fire, limit: limit))
      }
      wait = timeout(after: wait, sent: fire + 1)
      if userTimeout > 0 {
        let cut = UserTimeout.cutting(wait, to: userTimeout, hertz: hertz)
        checks.append(LimitCheck(fire: fire, limit: cut))
        isCut = fires[fire] - start >= cut
      }
    }
    return checks
  }
}

extension KeepaliveProbe {
  func limitChecks(after fires: [Int], from start: Int) -> [LimitCheck]? {
    guard userTimeout > 0 else { return [] }
    return fires.indices.dropFirst().map { LimitCheck(fire: $0, limit: userTimeout) }
  }
}

extension ZeroWindowProbe {
  func limitChecks(after fires: [Int], from start: Int) -> [LimitCheck]? {
    // What was passed over, and when a peer dies in time, is no fire.
    guard fires.count < EventTrace.mostTimes, lifetime == 0 || lifetime == .max else { return nil }
    var checks: [LimitCheck] = []
    checks.reserveCapacity(2 * fires.count)
    /// The first fire is where the clock starts, whatever the phase.
    func isMet(_ limit: Int, at fire: Int, since base: Int = 0) -> Bool {
      if fire > base { checks.append(LimitCheck(fire: fire, base: base, limit: limit)) }
      return fires[fire] - fires[base] >= limit
    }
    var (isCut, answered) = (false, Int?.none)
    for fire in fires.indices {
      if userTimeout > 0, fire > 0, !isCut { _ = isMet(userTimeout, at: fire) }
      // The last one is the end.
      if fire + 1 == fires.count { break }
      var armed = 0
      if answers(probe: fire, after: answered),
        answered.map({ isMet(answersApart, at: fire, since: $0) }) ?? true
      {
        // One that may come after a wait which was cut.
        if userTimeout > 0, isMet(userTimeout - answer, at: fire) { return nil }
        (answered, armed) = (fire, answer)
      }
      if userTimeout > 0 {
        isCut = isMet(userTimeout - armed - wait(min(fire + 1, retries)) + 1, at: fire)
      }
    }
    return checks
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
