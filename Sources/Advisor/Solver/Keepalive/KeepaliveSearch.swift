import TCPModel

/// Looks for the keepalive numbers that suit several programs at once.
///
/// What is set already, if that does; else few changes, an idle time of about half of what is asked,
/// the longest outage survived, and numbers that people write. Three probes at least: with fewer a
/// single lost one kills.
struct KeepaliveSearch {
  /// More probes than the kernel's default nine are tried only where nothing else does.
  private static let usualCounts = 3...9

  /// Holds numbers against the model, simulated exactly, for what one program asks.
  struct Simulation {
    /// Whether what bounds the end, or the waits, from above holds.
    let isInTime: (Keepalive) throws -> Bool
    /// Whether every objective holds.
    let accepts: (Keepalive) throws -> Bool
  }

  /// For each program what it asks, and at the same index its simulation.
  let requirements: [KeepaliveRequirement]
  let simulations: [Simulation]
  let budget: WorkBudget
  /// What is set where nothing is asked.
  let today: Keepalive
  /// What the kernel takes and the profiles let the numbers be.
  let allowed: Keepalive.Bounds
  /// Whether every program of the host gets the numbers, so that few of them should change.
  let isShared: Bool
  /// What the program makes of the silence, where that is all that it can be told.
  var link: KeepaliveLink?

  /// Returns the numbers, or nil if none suit; what is set today where that does.
  func best() throws -> Keepalive? {
    if try isFine(today) { return today }
    // A program that sets all three itself is served by any numbers or by none.
    for (requirement, simulation) in zip(requirements, simulations) {
      guard let own = requirement.own.all else { continue }
      guard requirement.isSound(own), try simulation.accepts(own) else { return nil }
    }
    if let link { return try best(linked: link) }
    let usual = allowed.count.filter(Self.usualCounts.contains)
    let others = allowed.count.filter { !usual.contains($0) }
    let all = isShared ? changes : [.all]
    let changingIdle = all.filter { $0.contains(.idle) }
    for stage in stages {
      for counts in [usual, others] where !counts.isEmpty {
        for (index, idles) in stage.enumerated() {
          // What leaves the idle time as it is need not be tried with each.
          for freedom in index == 0 ? all : changingIdle {
            if let found = try best(changing: freedom, idles, counts) { return found }
          }
        }
      }
    }
    return nil
  }

  /// The longest silence that suits with what the program makes of it, of numbers that people write
  /// or of any.
  private func best(linked link: KeepaliveLink) throws -> Keepalive? {
    let end = requirements.compactMap(\.end).min()
    let longest = [end, requirements.compactMap(\.longestIdle).min()].compactMap(\.self).min()
    let highest = min(longest ?? today.idle, allowed.idle.upperBound)
    guard allowed.idle.lowerBound <= highest else { return nil }
    let idles = Array((allowed.idle.lowerBound...highest).reversed())
    let own = allowed.count.filter(Self.usualCounts.contains).reversed()
    let counts = link.sources[.keepCount] == nil && !own.isEmpty ? Array(own) : [today.count]
    for idles in [idles.filter(Int.isRound), idles] {
      for idle in idles {
        let numbers = counts.lazy.map { count in
          Keepalive(idle: idle, interval: today.interval, count: count).linked(by: link, idle: idle)
        }
        if let found = try numbers.first(where: isFine) { return found }
      }
    }
    return nil
  }

  /// Numbers that people write, else any.
  private func best(changing freedom: Freedom, _ idles: [Int], _ counts: [Int]) throws
    -> Keepalive?
  {
    let idles = freedom.contains(.idle) ? idles : [today.idle]
    let counts = freedom.contains(.count) ? counts : [today.count]
    let round = idles.filter { !freedom.contains(.idle) || Int.isRound($0) }
    let roundIntervals = freedom.contains(.interval) ? Int.roundNumbers : [today.interval]
    for idle in round {
      if let found = try best(idle: idle, of: roundIntervals, counts) { return found }
    }
    guard !freedom.isDisjoint(with: [.idle, .interval]) else { return nil }
    let suitable = try idles.filter { idle in
      try counts.contains { try intervals(idle: idle, count: $0) != nil }
    }
    return try largest(of: suitable) { idle in
      try freedom.contains(.interval)
        ? best(idle: idle, counts) : best(idle: idle, of: [today.interval], counts)
    }
  }

  /// Returns what the largest idle time that suits gives. Less silence leaves more room for timers
  /// that are late: what suits one suits those below, unless a user timeout makes the end jump.
  private func largest(of idles: [Int], _ attempt: (Int) throws -> Keepalive?) throws
    -> Keepalive?
  {
    if hasUserTimeout { return try idles.firstResult(attempt) }
    guard let last = idles.last else { return nil }
    guard var found = try attempt(last) else { return try idles.firstResult(attempt) }
    var (low, high) = (0, idles.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if let better = try attempt(idles[middle]) {
        (found, high) = (better, middle)
      } else {
        low = middle + 1
      }
    }
    return found
  }

  // MARK: One idle time

  /// Returns the best of some intervals and counts.
  private func best(idle: Int, of intervals: [Int], _ counts: [Int]) throws -> Keepalive? {
    let suitable = try counts.compactMap { count in
      try self.intervals(idle: idle, count: count).map { (count: count, intervals: $0) }
    }
    if suitable.isEmpty { return nil }
    let candidates = try intervals.compactMap { interval -> Keepalive? in
      let counts = suitable.filter { $0.intervals.contains(interval) }.map(\.count)
      return try best(idle: idle, interval: interval, of: counts)
    }
    return try sorted(candidates).first(where: isFine)
  }

  /// With the most probes that are in time; with the fewest where a user timeout makes the count say
  /// nothing, or where it is more than usual. Fewer probes never end it later.
  private func best(idle: Int, interval: Int, of counts: [Int]) throws -> Keepalive? {
    func numbers(_ index: Int) -> Keepalive {
      Keepalive(idle: idle, interval: interval, count: counts[index])
    }
    guard !counts.isEmpty else { return nil }
    if countSaysNothing {
      // More probes than outlast the user timeouts change nothing.
      return try BoundedSearch.limit(in: 0...counts.count - 1, isUpper: false) {
        try isSound(numbers($0))
      }.map(numbers).flatMap { try isAccepted($0) ? $0 : nil }
    }
    let isMany = counts[0] > Self.usualCounts.upperBound
    if isMany || hasUserTimeout {
      // What the sums let through does, but for timers that are late.
      return try counts.indices.prefix(isMany ? 2 : counts.count).map(numbers).first(where: isFine)
    }
    return try BoundedSearch.limit(in: 0...counts.count - 1, isUpper: true) {
      try isInTime(numbers($0))
    }.map(numbers)
  }

  /// Returns the best of the widest interval for each count.
  private func best(idle: Int, _ counts: [Int]) throws -> Keepalive? {
    if countSaysNothing {
      guard let most = counts.last, let intervals = try intervals(idle: idle, count: most) else {
        return nil
      }
      return try intervals.reversed().firstResult { try best(idle: idle, interval: $0, of: counts) }
    }
    let candidates = try counts.compactMap { count -> Keepalive? in
      guard let intervals = try intervals(idle: idle, count: count),
        let interval = try widest(of: intervals, idle: idle, count: count)
      else { return nil }
      return Keepalive(idle: idle, interval: interval, count: count)
    }
    return sorted(candidates).first
  }

  /// Room for a second lost probe first, then the longest outage survived, then the fewest probes.
  private func sorted(_ candidates: [Keepalive]) -> [Keepalive] {
    func rank(_ candidate: Keepalive) -> (Int, Int, Int) {
      let lost = requirements.map { $0.lostProbes(candidate.fixed(by: $0.own)) }.min() ?? 0
      let survived = requirements.map { $0.survived(candidate.fixed(by: $0.own)) }.min() ?? 0
      return (-lost, -survived, candidate.count)
    }
    return candidates.map { (rank($0), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
  }

  /// Returns the widest interval that suits. Without a user timeout a wider one never ends earlier,
  /// so that the widest in time is found by halving; with one the end jumps, and each is tried.
  private func widest(of intervals: ClosedRange<Int>, idle: Int, count: Int) throws -> Int? {
    func numbers(_ interval: Int) -> Keepalive {
      Keepalive(idle: idle, interval: interval, count: count)
    }
    if hasUserTimeout { return try intervals.reversed().first { try isFine(numbers($0)) } }
    let last = try BoundedSearch.limit(in: intervals, isUpper: true) { try isInTime(numbers($0)) }
    guard let last else { return nil }
    if try isFine(numbers(last)) { return last }
    // A probe must come right after an outage, before a device forgets.
    let outage = requirements.compactMap { $0.memory == nil ? nil : $0.survive }.max() ?? 0
    return try (1...max(count - 1, 1)).map { (outage + $0 - 1) / $0 }.distinct.first {
      try (intervals.lowerBound...last).contains($0) && isFine(numbers($0))
    }
  }

  // MARK: What suits

  private func isFine(_ candidate: Keepalive) throws -> Bool {
    try isSound(candidate) && isAccepted(candidate)
  }

  private func isAccepted(_ candidate: Keepalive) throws -> Bool {
    try simulations.allSatisfy { try $0.accepts(candidate) }
  }

  /// Returns whether numbers may be tried, by the sums that leave out that timers are late.
  private func isSound(_ candidate: Keepalive) throws -> Bool {
    try budget.spend(requirements.count)
    return allowed.contains(candidate)
      && requirements.allSatisfy { $0.isSound(candidate.fixed(by: $0.own)) }
  }

  private func isInTime(_ candidate: Keepalive) throws -> Bool {
    try simulations.allSatisfy { try $0.isInTime(candidate) }
  }

  private var hasUserTimeout: Bool { requirements.contains { $0.userTimeout > 0 } }

  /// Whether user timeouts end the connections of every program, whatever the count.
  private var countSaysNothing: Bool {
    hasUserTimeout && requirements.allSatisfy { $0.userTimeout > 0 }
  }

  // MARK: What is tried

  /// Idle times from about half of what is asked downwards: those that cost few packets together,
  /// and the shorter ones, which are tried one after the other where none of these does.
  private var stages: [[[Int]]] {
    // What may be nothing else is not too short either.
    if allowed.idle.count == 1 { return [[[allowed.idle.lowerBound]]] }
    let longest = requirements.compactMap(\.preferredIdle).min()
    let start = min(max(longest ?? today.idle, allowed.idle.lowerBound), allowed.idle.upperBound)
    // Only an end that must come in time comes sooner with less silence before the first probe.
    if requirements.allSatisfy({ $0.within == nil && $0.userTimeout == 0 && $0.memory == nil }) {
      return [[[start]]]
    }
    let least = max(10, requirements.compactMap(\.end).min().map { $0 / 10 } ?? 0)
    let all = Self.idles(in: allowed.idle.lowerBound...start)
    let (few, many) = all.divided { $0 >= least }
    let (round, others) = many.divided(by: Int.isRound)
    return (few.isEmpty ? [] : [[few]]) + [(round + others).map { [$0] }]
  }

  /// Returns what may be set, the longest first: beyond an hour whole minutes and the bounds.
  static func idles(in range: ClosedRange<Int>) -> [Int] {
    let (shortest, hour, longest) = (range.lowerBound, 3600, range.upperBound)
    let minutes = stride(from: longest / 60 * 60, to: max(hour, shortest - 1), by: -60)
    let seconds = stride(from: min(longest, hour), through: shortest, by: -1)
    return ([longest] + minutes + seconds + [shortest]).distinct
  }

  /// Returns the intervals that could do, by the sums that leave out that timers are late.
  private func intervals(idle: Int, count: Int) throws -> ClosedRange<Int>? {
    try budget.spend(requirements.count)
    var shortest = allowed.interval.lowerBound
    var narrowest: Int?
    for requirement in requirements {
      let (idle, count) = (requirement.own.idle ?? idle, requirement.own.count ?? count)
      guard idle <= requirement.longestIdle ?? .max, count >= requirement.fewestProbes,
        idle + (requirement.survive ?? 0) < requirement.memory ?? .max
      else { return nil }
      let least = requirement.shortestInterval(idle: idle, count: count)
      let room = requirement.widestInterval(idle: idle, count: count)
      if let own = requirement.own.interval {
        guard least <= own, own <= room ?? .max else { return nil }
      } else {
        shortest = max(shortest, least)
        if let room { narrowest = min(narrowest ?? room, room) }
      }
    }
    let wanted = narrowest ?? max(today.interval, shortest)
    let widest = min(wanted, allowed.interval.upperBound)
    return shortest <= widest ? shortest...widest : nil
  }
}

extension Int {
  /// Numbers of seconds that people write.
  static let roundNumbers = [
    1, 2, 3, 5, 10, 15, 20, 30, 45, 60, 75, 90, 120, 150, 180, 240, 300, 600, 900, 1200, 1800, 3600,
    7200, 10_800, 14_400, 21_600, 43_200, 86_400,
  ]

  static func isRound(_ number: Int) -> Bool { roundNumbers.contains(number) }
}
