extension DataRetransmission {
  func limitChecks(after fires: [Int], from start: Int) -> [LimitCheck] {
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
  func limitChecks(after fires: [Int], from start: Int) -> [LimitCheck] {
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
  func limitChecks(after fires: [Int], from start: Int) -> [LimitCheck] {
    guard userTimeout > 0 else { return [] }
    return fires.indices.dropFirst().map { LimitCheck(fire: $0, limit: userTimeout) }
  }
}

extension ZeroWindowProbe {
  /// Those of a peer that is dead; whatever else is answered.
  func limitChecks(after fires: [Int], from start: Int) -> [LimitCheck] {
    guard userTimeout > 0, lifetime == 0 || fate == .diesAnswering(probe: 0) else { return [] }
    var checks: [LimitCheck] = []
    checks.reserveCapacity(2 * fires.count)
    var isCut = false
    for fire in fires.indices {
      if fire > 0, !isCut { checks.append(LimitCheck(fire: fire, base: 0, limit: userTimeout)) }
      let cut = max(userTimeout - wait(min(fire + 1, retries)) + 1, 0)
      checks.append(LimitCheck(fire: fire, base: 0, limit: cut))
      isCut = fires[fire] - fires[0] >= cut
    }
    return checks
  }
}
