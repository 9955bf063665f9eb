import TCPModel

/// Looks for the keepalive numbers that suit several programs at once.
///
/// The idle time as large as can be (fewest packets), then the fewest probes, then the widest
/// interval. Three probes at least: with fewer a single lost one kills.
struct KeepaliveSearch {
  /// Idle times below are more load than any bound is worth.
  static let shortestIdle = 10
  /// More probes than the kernel's default nine are tried only where nothing else does.
  private static let usualCounts = 3...9

  var requirements: [KeepaliveRequirement]
  /// What is set where nothing is asked.
  let today: Keepalive
  /// What the kernel takes and the profiles let the numbers be.
  let allowed: Keepalive.Bounds

  /// The numbers, or nil where none suit; what is set today where that does.
  func best() -> Keepalive? {
    if isFine(today) { return today }
    // A program that sets all three itself is served by any numbers or by none.
    guard
      requirements.allSatisfy({ requirement in
        requirement.own.all.map { accepts($0, requirement) } ?? true
      })
    else { return nil }
    let usual = allowed.count.filter(Self.usualCounts.contains)
    let others = allowed.count.filter { !usual.contains($0) }
    return best(counts: usual) ?? best(counts: others)
  }

  private func isFine(_ candidate: Keepalive) -> Bool {
    allowed.contains(candidate)
      && requirements.allSatisfy { isSound(candidate.fixed(by: $0.own), $0) }
      && requirements.allSatisfy { $0.accepts(candidate) }
  }

  private func isInTime(_ candidate: Keepalive) -> Bool {
    requirements.allSatisfy { $0.isInTime(candidate) }
  }

  private func accepts(_ candidate: Keepalive, _ requirement: KeepaliveRequirement) -> Bool {
    isSound(candidate.fixed(by: requirement.own), requirement) && requirement.accepts(candidate)
  }

  private func best(counts: [Int]) -> Keepalive? {
    // What the sums rule out the model would too, and that takes longer.
    let idles = idles.filter { idle in
      counts.contains { intervals(idle: idle, count: $0) != nil }
    }
    if requirements.contains(where: { $0.userTimeout > 0 }) {
      return idles.lazy.compactMap { best(idle: $0, counts) }.first
    }
    // Less silence leaves more room for timers that are late: what suits one suits those below.
    guard let last = idles.last else { return nil }
    guard var found = best(idle: last, counts) else {
      return idles.lazy.compactMap { best(idle: $0, counts) }.first
    }
    var (low, high) = (0, idles.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if let better = best(idle: idles[middle], counts) {
        (found, high) = (better, middle)
      } else {
        low = middle + 1
      }
    }
    return found
  }

  private func best(idle: Int, _ counts: [Int]) -> Keepalive? {
    if let only = requirements.first, requirements.count == 1, only.userTimeout > 0 {
      return best(idle: idle, counts, replacedBy: only.userTimeout)
    }
    for count in counts {
      guard let intervals = intervals(idle: idle, count: count),
        let interval = widest(of: intervals, idle: idle, count: count)
      else { continue }
      return Keepalive(idle: idle, interval: interval, count: count)
    }
    return nil
  }

  /// A user timeout makes the count say nothing: the fewest that cover it are all that need be tried.
  private func best(idle: Int, _ counts: [Int], replacedBy userTimeout: Int) -> Keepalive? {
    let spans = counts.compactMap { intervals(idle: idle, count: $0) }
    guard let low = spans.map(\.lowerBound).min(), let high = spans.map(\.upperBound).max() else {
      return nil
    }
    for interval in (low...high).reversed() {
      let covering = (userTimeout - idle * 1000 + interval * 1000 - 1) / (interval * 1000)
      guard let count = counts.first(where: { $0 >= covering }) else { continue }
      let candidate = Keepalive(idle: idle, interval: interval, count: count)
      if isFine(candidate) { return candidate }
    }
    return nil
  }

  private var idles: [Int] {
    // What may be nothing else is not too short either.
    if allowed.idle.count == 1 { return [allowed.idle.lowerBound] }
    let longest = requirements.flatMap { [$0.longestIdle, $0.within].compactMap { $0 } }.min()
    let shortest = max(allowed.idle.lowerBound, Self.shortestIdle)
    let start = min(max(longest ?? today.idle, shortest), allowed.idle.upperBound)
    // Only an end that must come in time comes sooner with less silence before the first probe.
    if start >= shortest, requirements.allSatisfy({ $0.within == nil && $0.userTimeout == 0 }) {
      return [start]
    }
    return Array(stride(from: start, through: shortest, by: -1))
  }

  /// The widest interval that suits. Without a user timeout a wider one never ends earlier, so that
  /// the widest in time is found by halving; with one the end jumps, and each is tried.
  private func widest(of intervals: ClosedRange<Int>, idle: Int, count: Int) -> Int? {
    func numbers(_ interval: Int) -> Keepalive {
      Keepalive(idle: idle, interval: interval, count: count)
    }
    if requirements.contains(where: { $0.userTimeout > 0 }) {
      return intervals.reversed().first { isFine(numbers($0)) }
    }
    var low = intervals.lowerBound
    var high = intervals.upperBound
    guard isInTime(numbers(low)) else { return nil }
    while low < high {
      let middle = low + (high - low + 1) / 2
      if isInTime(numbers(middle)) { low = middle } else { high = middle - 1 }
    }
    return isFine(numbers(low)) ? low : nil
  }

  /// The intervals that could do, by the sums that leave out that timers are late.
  private func intervals(idle: Int, count: Int) -> ClosedRange<Int>? {
    var shortest = allowed.interval.lowerBound
    var rooms: [Int] = []
    for requirement in requirements {
      let (idle, count) = (requirement.own.idle ?? idle, requirement.own.count ?? count)
      guard idle <= requirement.longestIdle ?? .max, count >= requirement.fewestProbes else {
        return nil
      }
      let least = requirement.shortestInterval(idle: idle, count: count)
      let room = requirement.widestInterval(idle: idle, count: count)
      if let own = requirement.own.interval {
        guard least <= own, own <= room ?? .max else { return nil }
      } else {
        shortest = max(shortest, least)
        if let room { rooms.append(room) }
      }
    }
    // No longer than the silence before the first: where one probe is lost, the next must come
    // before a device that is asked for half its memory has forgotten.
    let wanted = min(
      rooms.min() ?? max(today.interval, shortest), max(idle, allowed.interval.lowerBound))
    let widest = min(wanted, allowed.interval.upperBound)
    return shortest <= widest ? shortest...widest : nil
  }

  /// Whether one lost probe does not kill, and count and user timeout agree.
  private func isSound(_ numbers: Keepalive, _ requirement: KeepaliveRequirement) -> Bool {
    guard requirement.userTimeout > 0 else { return numbers.count >= requirement.fewestProbes }
    let end = (numbers.idle + numbers.count * numbers.interval) * 1000
    let probes = (requirement.userTimeout - numbers.idle * 1000 - 1) / (numbers.interval * 1000) + 1
    guard requirement.userTimeout <= end, max(probes, 1) >= requirement.fewestProbes else {
      return false
    }
    // The last probe that counts leaves before the user timeout, and the first fire after it ends it.
    let needed = ((requirement.survive ?? 0) + numbers.interval - 1) / numbers.interval
    let isOutlived = (numbers.idle + needed * numbers.interval) * 1000 < requirement.userTimeout
    let isInTime = numbers.idle + max(probes, 1) * numbers.interval <= requirement.within ?? .max
    return isOutlived && isInTime
  }
}

extension KeepaliveRequirement {
  /// The widest interval that a probe can keep: a timer is always a little late.
  private var gap: Int? { recover.map { $0 - 1 } }

  /// In seconds: probes go on for as long as is to be outlived, or for as long as the user timeout
  /// lasts, which the count must cover.
  fileprivate func shortestInterval(idle: Int, count: Int) -> Int {
    if userTimeout > 0 {
      return max(1, (userTimeout - idle * 1000 + count * 1000 - 1) / (count * 1000))
    }
    let gaps = max(count - 1, 1)
    return max(1, ((survive ?? 0) + gaps - 1) / gaps)
  }

  /// In seconds; nil where nothing bounds it, zero or less where nothing suits.
  fileprivate func widestInterval(idle: Int, count: Int) -> Int? {
    guard userTimeout > 0 else {
      let rooms = (within.map { ($0 - idle) / count }, gap)
      if case (let room?, let gap?) = rooms { return min(room, gap) }
      return rooms.0 ?? rooms.1
    }
    // The last probe leaves before the user timeout, the outage begins at the first; and one lost
    // probe must not end it: idle + 2 · interval < user timeout.
    if let within, userTimeout > within * 1000 { return 0 }
    guard (idle + (survive ?? 0)) * 1000 < userTimeout else { return 0 }
    let room = (userTimeout - 1) / 1000 - idle
    let widest = fewestProbes > 1 ? room / 2 : max(room, within.map { $0 - idle } ?? room)
    return min(widest, gap ?? .max)
  }
}
