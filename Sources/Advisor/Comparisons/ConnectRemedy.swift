package import TCPModel

/// One change that makes an attempt to connect end as a group asks, and when it ends then.
package struct ConnectRemedy: Hashable, Sendable {
  package enum Lever: Hashable, Sendable {
    /// The program's own limit for one address.
    case deadline(Duration)
    case option(SocketOption, Int)
    case sysctl(SysctlKey, Int)
  }

  package let lever: Lever
  /// All addresses in turn.
  package let span: Span
}

/// Looks for all that helps, and plays it; the neighbour tables are never proposed, as in a plan.
struct ConnectRemedies {
  let profile: Profile
  let group: ConnectionGroup
  let rules: KernelRules
  /// Addresses that are tried in turn.
  let addresses: Int
  let objective: Objective

  /// Counts that are tried; with the largest a connect takes longer than most people live with.
  private static let counts = 1...15

  /// - Parameter end: how it ends as the program is.
  func remedies(for end: ConnectEnd) -> [ConnectRemedy] {
    [deadline(end), userTimeout(end), synCount(end), synRetries(end)].compactMap { $0 }
  }

  private func deadline(_ end: ConnectEnd) -> ConnectRemedy? {
    guard group.levers.contains(.deadline), let within else { return nil }
    let timeline = end.timeline.limited(
      to: within, roundTrip: group.path.roundTrip.upperBound)
    return remedy(.deadline(within), timeline)
  }

  /// For one address, in whole milliseconds.
  private var within: Duration? {
    objective.within.map { .milliseconds($0.time / addresses / .milliseconds(1)) }
  }

  private func synCount(_ end: ConnectEnd) -> ConnectRemedy? {
    guard reaches(.synCount) else { return nil }
    return count(Self.counts) { count in
      var play = end.play
      play.options[.synCount] = count
      return (.option(.synCount, count), play)
    }
  }

  private func synRetries(_ end: ConnectEnd) -> ConnectRemedy? {
    guard reaches(.tcpSynRetries) else { return nil }
    // RFC 1122 wants a SYN repeated for three minutes: a whole host is not set below three.
    return count((profile.allowBelowRFC ? 1 : 3)...Self.counts.upperBound) { count in
      var play = end.play
      play.snapshot[.tcpSynRetries] = .value(count)
      return (.sysctl(.tcpSynRetries, count), play)
    }
  }

  /// The largest count in time; where nothing bounds it, the smallest that lasts long enough.
  private func count(
    _ range: ClosedRange<Int>, _ play: (Int) -> (ConnectRemedy.Lever, Case)
  ) -> ConnectRemedy? {
    var best: ConnectRemedy?
    for number in range {
      let (lever, play) = play(number)
      let timeline = self.timeline(of: play)
      if let fit = remedy(lever, timeline) { best = fit }
      let isLate = objective.within.map { ends(timeline, after: $0.time) } ?? (best != nil)
      if isLate { break }
    }
    return best
  }

  /// A user timeout for the time of connecting, in steps of 100 ms.
  private func userTimeout(_ end: ConnectEnd) -> ConnectRemedy? {
    guard reaches(.userTimeout), !group.hasSingleUserTimeout, rules.has(.userTimeoutOfConnect)
    else { return nil }
    guard var tenths = (within ?? objective.survive?.time).map({ Int($0 / .milliseconds(100)) })
    else { return nil }
    for _ in 0..<8 where tenths > 0 {
      var play = end.play
      play.options[.userTimeout] = tenths * 100
      let timeline = self.timeline(of: play)
      if let fit = remedy(.option(.userTimeout, tenths * 100), timeline) { return fit }
      guard let excess = excess(of: timeline) else { return nil }
      tenths += excess
    }
    return nil
  }

  /// Tenths of a second that the next try is longer; negative is shorter.
  private func excess(of timeline: Timeline) -> Int? {
    if let within, let latest = timeline.range?.latest {
      return latest > within ? -Int((latest - within) / .milliseconds(100)) - 1 : nil
    }
    guard let survive = objective.survive?.time, let outlived = timeline.survives else {
      return nil
    }
    return survive > outlived ? Int((survive - outlived) / .milliseconds(100)) + 1 : nil
  }

  private func timeline(of play: Case) -> Timeline {
    var play = play
    play.path.roundTrip = group.path.roundTrip
    return Timeline(of: play, under: rules)
  }

  private func ends(_ timeline: Timeline, after limit: Duration) -> Bool {
    timeline.span.repeated(addresses).range.map { $0.latest > limit } ?? true
  }

  /// Nil where the objective is missed with it as well.
  private func remedy(_ lever: ConnectRemedy.Lever, _ timeline: Timeline) -> ConnectRemedy? {
    let span = timeline.span.repeated(addresses)
    guard timeline.ends == .always else { return nil }
    if let within = objective.within, ends(timeline, after: within.time) { return nil }
    if let survive = objective.survive, timeline.survives ?? .zero < survive.time { return nil }
    return ConnectRemedy(lever: lever, span: span)
  }

  private func reaches(_ option: SocketOption) -> Bool {
    group.levers.contains(.socket) && group.canSet(option)
      && (option.since.map { rules.release >= $0 } ?? true)
  }

  private func reaches(_ key: SysctlKey) -> Bool {
    group.levers.contains(.sysctl) && profile.allows(key)
      && !profile.sysctls.contains { $0.key == key && $0.demand == .keep }
  }
}
