import TCPModel

/// Looks for the keepalive numbers that suit several groups at once.
///
/// The idle time as large as can be (fewest packets), then the fewest probes, then the widest
/// interval. Three probes at least: with fewer a single lost one kills.
struct KeepaliveSearch {
  /// What one group asks.
  struct Demand {
    let objective: Objective?
    /// Half of the shortest memory on the path, in seconds; nil where nothing forgets.
    let longestIdle: Int?
    /// TCP_USER_TIMEOUT in milliseconds; zero is off.
    let userTimeout: Int
    /// The group with a candidate applied, one situation for each host.
    let situations: (Keepalive) -> [Situation]

    var within: Int? { objective?.within.map { Int($0.time.components.seconds) } }
    var survive: Int { objective?.survive.map { Int($0.time.components.seconds) } ?? 0 }
    /// `survive: 0s` says that one lost probe may kill.
    var fewestProbes: Int { objective?.survive?.time == .zero ? 1 : 3 }
  }

  /// Idle times below are more load than any bound is worth.
  static let shortestIdle = 10
  /// More probes than the kernel's default nine are tried only where nothing else does.
  private static let usualCounts = 3...9
  private static let allCounts = 3...127

  let demands: [Demand]
  /// What is set where nothing is asked.
  let today: Keepalive
  /// Whether the profiles let the numbers be these.
  var isAllowed: (Keepalive) -> Bool = { _ in true }

  /// The numbers, or nil where none suit.
  func best() -> Keepalive? {
    if today.count >= 3, allAccept(today) { return today }
    return best(counts: Self.usualCounts) ?? best(counts: Self.allCounts)
  }

  private func best(counts: ClosedRange<Int>) -> Keepalive? {
    let longest = demands.flatMap { [$0.longestIdle, $0.within].compactMap { $0 } }.min()
    let start = min(longest ?? today.idle, 32767)
    for idle in stride(from: start, through: Self.shortestIdle, by: -1) {
      guard let soonest = soonest(idle: idle, counts), isKnown(soonest), isInTime(soonest)
      else { continue }
      for count in counts {
        guard let intervals = intervals(idle: idle, count: count) else { continue }
        let fit = intervals.reversed().lazy.map {
          Keepalive(idle: idle, interval: $0, count: count)
        }.first(where: allAccept)
        if let fit { return fit }
      }
    }
    return nil
  }

  /// The candidate with this idle time that ends first; where it is too late, all others are.
  private func soonest(idle: Int, _ counts: ClosedRange<Int>) -> Keepalive? {
    counts.compactMap { count in
      intervals(idle: idle, count: count).map {
        Keepalive(idle: idle, interval: $0.lowerBound, count: count)
      }
    }.min { $0.interval * $0.count < $1.interval * $1.count }
  }

  /// The intervals that could do, by the sums that leave out that timers are late.
  private func intervals(idle: Int, count: Int) -> ClosedRange<Int>? {
    let survive = demands.map(\.survive).max() ?? 0
    let shortest = max(1, (survive + count - 2) / (count - 1))
    let rooms = demands.compactMap { demand -> Int? in
      let room = demand.within.map { ($0 - idle) / count }
      guard demand.userTimeout > 0 else { return room }
      // The last probe leaves before the user timeout, the outage begins at the first.
      guard (idle + demand.survive) * 1000 < demand.userTimeout else { return 0 }
      // One lost probe must not end it: idle + 2 · interval < user timeout.
      return min(room ?? .max, max(0, (demand.userTimeout - 1) / 1000 - idle) / 2)
    }
    // No longer than the silence before the first: where one probe is lost, the next must come
    // before a device that is asked for half its memory has forgotten.
    let widest = min(rooms.min() ?? max(today.interval, shortest), idle, 32767)
    return shortest <= widest ? shortest...widest : nil
  }

  private func isInTime(_ candidate: Keepalive) -> Bool {
    demands.allSatisfy { demand in
      // With a user timeout the count says nothing, so the soonest candidate proves nothing.
      guard let within = demand.objective?.within?.time, demand.userTimeout == 0 else {
        return true
      }
      return demand.situations(candidate).allSatisfy {
        $0.timeline(.idle).range.map { $0.latest <= within } ?? false
      }
    }
  }

  /// Whether the first probe comes while every device on the path still knows the connection; an
  /// option that a program sets itself outweighs the candidate.
  private func isKnown(_ candidate: Keepalive) -> Bool {
    demands.allSatisfy { demand in
      demand.longestIdle == nil
        || demand.situations(candidate).allSatisfy { $0.isKnown(for: demand.longestIdle) }
    }
  }

  private func allAccept(_ candidate: Keepalive) -> Bool {
    isAllowed(candidate) && isKnown(candidate)
      && demands.allSatisfy { accepts(candidate, $0) }
  }

  private func accepts(_ candidate: Keepalive, _ demand: Demand) -> Bool {
    if demand.userTimeout > 0,
      demand.userTimeout > (candidate.idle + candidate.count * candidate.interval) * 1000
    {
      return false
    }
    return demand.situations(candidate).allSatisfy { situation in
      let timeline = situation.timeline(.idle)
      let fewest = timeline.branches.map { branch in
        branch.events.count { $0.kind == .keepaliveProbe }
      }.min()
      guard timeline.ends == .always, fewest ?? 0 >= demand.fewestProbes else { return false }
      return demand.objective.map { $0.holds(for: timeline) } ?? true
    }
  }
}
