import TCPModel

/// Looks for all that helps, and simulates it; the neighbour tables are never proposed, as in a plan.
struct ConnectRemedies {
  let profile: Profile
  let group: ConnectionGroup
  let rules: KernelRules
  let addresses: Int
  /// Whether they are raced, not tried in turn.
  let isRace: Bool
  let objective: Objective

  /// Counts that are tried; with the largest a connect takes longer than most people live with.
  private static let counts = 1...15

  /// - Parameter end: how it ends as the program is.
  func remedies(for end: ConnectHang) -> [Remedy] {
    [deadline(end), userTimeout(end), synCount(end), synRetries(end)].compactMap { $0 }
  }

  private func deadline(_ end: ConnectHang) -> Remedy? {
    guard group.levers.contains(.deadline), let within else { return nil }
    let timelines = end.courses.map {
      $0.timeline.limited(to: within, roundTrip: group.path.roundTrip.upperBound)
    }
    return remedy(.deadline(within), timelines)
  }

  /// For one address.
  private var within: Duration? {
    objective.within.map {
      WaitForAddresses.limit(each: $0.time, for: addresses, isRace: isRace)
    }
  }

  private func synCount(_ end: ConnectHang) -> Remedy? {
    guard reaches(.synCount) else { return nil }
    return count(Self.counts) { count in
      (.option(.synCount, count), timelines(of: end) { $0.options[.synCount] = count })
    }
  }

  private func synRetries(_ end: ConnectHang) -> Remedy? {
    guard reaches(.tcpSynRetries) else { return nil }
    // RFC 1122 wants a SYN repeated for three minutes: a whole host is not set below three.
    return count((profile.allowBelowRFC ? 1 : 3)...Self.counts.upperBound) { count in
      (
        .sysctl(.tcpSynRetries, .number(count)),
        timelines(of: end) { $0.snapshot[.tcpSynRetries] = .value(.number(count)) }
      )
    }
  }

  /// Returns the largest count in time; where nothing bounds it, the smallest that lasts long
  /// enough.
  private func count(
    _ range: ClosedRange<Int>, _ experiment: (Int) -> (Remedy.Change, [Timeline])
  ) -> Remedy? {
    var best: Remedy?
    for number in range {
      let (change, timelines) = experiment(number)
      if let fit = remedy(change, timelines) { best = fit }
      let isLate = objective.within.map { ends(timelines, after: $0.time) } ?? (best != nil)
      if isLate { break }
    }
    return best
  }

  /// Returns a user timeout for the time of connecting, in steps of 100 ms.
  private func userTimeout(_ end: ConnectHang) -> Remedy? {
    guard reaches(.userTimeout), !group.hasSingleUserTimeout, rules.has(.userTimeoutOfConnect)
    else { return nil }
    guard var tenths = (within ?? objective.survive?.time).map({ Int($0 / .milliseconds(100)) })
    else { return nil }
    for _ in 0..<8 where tenths > 0 {
      let timelines = timelines(of: end) { $0.options[.userTimeout] = tenths * 100 }
      if let fit = remedy(.option(.userTimeout, tenths * 100), timelines) { return fit }
      guard let excess = excess(of: timelines) else { return nil }
      tenths += excess
    }
    return nil
  }

  /// Tenths of a second that the next try is longer; negative is shorter.
  private func excess(of timelines: [Timeline]) -> Int? {
    if let within, let latest = timelines.compactMap({ $0.range?.latest }).max() {
      return latest > within ? -Int((latest - within) / .milliseconds(100)) - 1 : nil
    }
    guard let survive = objective.survive?.time,
      let outlived = timelines.compactMap(\.survives).min()
    else { return nil }
    return survive > outlived ? Int((survive - outlived) / .milliseconds(100)) + 1 : nil
  }

  /// With a change in each of the courses.
  private func timelines(of end: ConnectHang, _ change: (inout Experiment) -> Void) -> [Timeline] {
    end.courses.map { course in
      var experiment = course.experiment
      change(&experiment)
      experiment.path.roundTrip = group.path.roundTrip
      return Timeline(of: experiment, under: rules)
    }
  }

  private func ends(_ timelines: [Timeline], after limit: Duration) -> Bool {
    timelines.contains { timeToEnd(of: $0).range.map { $0.latest > limit } ?? true }
  }

  /// For all addresses.
  private func timeToEnd(of timeline: Timeline) -> TimeToEnd {
    WaitForAddresses(for: addresses, each: timeline.timeToEnd, isRace: isRace).timeToEnd
  }

  /// Nil if the objective is missed with it as well.
  private func remedy(_ change: Remedy.Change, _ timelines: [Timeline]) -> Remedy? {
    let spans = timelines.map(timeToEnd)
    guard let first = spans.first, timelines.allSatisfy({ $0.ends == .always }) else { return nil }
    let timeToEnd = spans.dropFirst().reduce(first) { $0.union($1) }
    let isMet = objective.bounds.allSatisfy { kind, bound in
      let outage = objective.survive?.time ?? .zero
      return timelines.allSatisfy {
        let time = kind == .within ? timeToEnd.estimate : $0.estimate(of: kind, after: outage)
        return kind.status(of: time, bound: bound.time).isMet
      }
    }
    return isMet ? Remedy(change, timeToEnd: timeToEnd) : nil
  }

  private func reaches(_ option: SocketOption) -> Bool {
    group.levers.contains(.socket) && group.canSet(option)
      && option.info.exists(in: rules.release)
  }

  private func reaches(_ key: SysctlKey) -> Bool {
    group.levers.contains(.sysctl) && profile.allows(key)
      && !profile.sysctls.contains { $0.key == key && $0.bound == .keep }
  }
}
