import TCPModel

/// What one program asks, in whole seconds: the sums that leave out that timers are late, which say
/// what is worth simulating.
struct KeepaliveRequirement {
  var within, survive, recover: Int?
  /// The shortest memory of a device on the path that probes keep from forgetting; nil if nothing
  /// forgets.
  var memory: Int?
  /// TCP_USER_TIMEOUT in milliseconds; zero is off.
  var userTimeout = 0
  /// Numbers that the program sets by itself, whatever is chosen.
  var own = Keepalive.Pins()

  /// `survive: 0s` says that one lost probe may kill.
  var fewestProbes: Int { survive == 0 ? 1 : 3 }

  /// Half of the shortest memory on the path.
  var longestIdle: Int? { memory.map { $0 / 2 } }

  /// Half of the time there is: the other half is for the probes.
  var preferredIdle: Int? {
    Self.smaller(longestIdle, end.map { max($0 / 2, 1) })
  }

  /// When it must have ended; nil if nothing says so.
  var end: Int? {
    Self.smaller(within, userTimeout > 0 ? userTimeout / 1000 : nil)
  }

  private static func smaller(_ one: Int?, _ other: Int?) -> Int? {
    guard let one, let other else { return one ?? other }
    return min(one, other)
  }
}

extension KeepaliveRequirement {
  /// Returns how many probes in a row may be lost before a device has forgotten, two at most;
  /// timers are about an eighth late at worst.
  func lostProbes(_ numbers: Keepalive) -> Int {
    guard let memory else { return 0 }
    return (1...2).last { (numbers.silence + $0 * numbers.interval) * 9 < memory * 8 } ?? 0
  }

  /// Returns the longest outage that is survived.
  func survived(_ numbers: Keepalive) -> Int {
    guard userTimeout > 0 else { return (numbers.count - 1) * numbers.interval }
    return (probes(of: numbers) - 1) * numbers.interval
  }

  /// Returns how many there are until the user timeout ends it.
  private func probes(of numbers: Keepalive) -> Int {
    KeepaliveProbe.probes(
      within: userTimeout, idle: numbers.silence * 1000, interval: numbers.interval * 1000)
  }

  /// Returns whether one lost probe does not kill, and count and user timeout agree.
  func isSound(_ numbers: Keepalive) -> Bool {
    guard userTimeout > 0 else { return numbers.count >= fewestProbes }
    let probes = probes(of: numbers)
    guard userTimeout <= numbers.end * 1000, probes >= fewestProbes else { return false }
    // The last probe that counts leaves before the user timeout, and the first fire after it ends it,
    // a little late.
    let needed = ((survive ?? 0) + numbers.interval - 1) / numbers.interval
    let silence = needed > 0 ? numbers.silence : numbers.idle
    let isOutlived = (silence + needed * numbers.interval) * 1000 < userTimeout
    return isOutlived && latestEnd(of: numbers, afterProbes: probes) < within ?? .max
  }

  /// Returns when a user timeout has ended it: where probes were answered before, the first one may leave at
  /// any time from the idle time to the interval, and any time up to an interval is left after the last.
  private func latestEnd(of numbers: Keepalive, afterProbes probes: Int) -> Int {
    numbers.interval > numbers.idle
      ? max(userTimeout / 1000, numbers.interval) + numbers.interval
      : numbers.idle + probes * numbers.interval
  }

  /// The widest interval that a probe can keep: a timer is always a little late.
  private var gap: Int? { recover.map { $0 - 1 } }

  /// In seconds: probes go on for as long as is to be survived, or for as long as the user timeout
  /// lasts, which the count must cover.
  func shortestInterval(idle: Int, count: Int) -> Int {
    if userTimeout > 0 {
      return max(1, (userTimeout - idle * 1000 + count * 1000 - 1) / (count * 1000))
    }
    let gaps = max(count - 1, 1)
    return max(1, ((survive ?? 0) + gaps - 1) / gaps)
  }

  /// In seconds; nil if nothing bounds it, zero or less where nothing suits.
  func widestInterval(idle: Int, count: Int) -> Int? {
    // A lost probe is followed by another one before a device forgets, and follows traffic, or one that
    // was answered.
    let remembered = memory.map { min($0 - idle, ($0 + 1) / 2) - 1 }
    return Self.smaller(room(idle: idle, count: count), Self.smaller(gap, remembered))
  }

  private func room(idle: Int, count: Int) -> Int? {
    guard userTimeout > 0 else {
      return within.map { min(($0 - idle) / count, $0 / (count + 1)) }
    }
    // The last probe leaves before the user timeout, the outage begins at the first; and one lost
    // probe must not end it: silence + 2 · interval < user timeout.
    if let within, userTimeout >= within * 1000 { return 0 }
    guard (idle + (survive ?? 0)) * 1000 < userTimeout else { return 0 }
    let room = (userTimeout - 1) / 1000 - idle
    return fewestProbes > 1
      ? min(room / 2, (userTimeout - 1) / 3000) : max(room, within.map { $0 - idle } ?? room)
  }
}
