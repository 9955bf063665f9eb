extension Timeline {
  /// How far a scenario has come that is under way, from one look at its timer.
  package struct Progress: Hashable, Sendable {
    /// How long ago it began; nil if that does not follow.
    package let since: TimeRange?
    /// When it ends, counted from the look.
    package let remaining: TimeToEnd
  }

  /// Returns how far it has come once `count` retransmissions or probes went unanswered and the timer is
  /// due after `next`; nil if it would have ended before.
  ///
  /// A timer is shown as it is due and fires at the end of its bucket, and how late the ones before
  /// were no look tells: both times are ranges.
  package func progress(after count: Int, next: Duration, under rules: KernelRules) -> Progress? {
    switch ends {
    case .unknown, .never: return Progress(since: nil, remaining: timeToEnd)
    case .always, .maybeNever: break
    }
    let courses = branches.compactMap { branch in
      branch.progress(after: count, next: next) { rules.lateness(of: $0) }
    }
    guard let range = courses.map(\.remaining).union else { return nil }
    return Progress(
      since: courses.map(\.since).union, remaining: TimeToEnd(ends: ends, range: range))
  }
}

extension Timeline.Branch {
  fileprivate func progress(
    after count: Int, next: Duration, _ lateness: (Duration) -> Duration
  ) -> (since: TimeRange, remaining: TimeRange)? {
    let fires = events.indices.filter { events[$0].kind.isCounted }
    guard count < fires.count, let end = events.last?.range else { return nil }
    let fire = events[fires[count]].range
    let due = TimeRange(next, next + lateness(max(waits[fires[count]], next)))
    let since = TimeRange(
      max(fire.earliest - due.latest, .zero), max(fire.latest - due.earliest, .zero))
    if fires[count] == events.count - 1 { return (since, due) }
    let rest = TimeRange(
      max(end.earliest - fire.latest, .zero), max(end.latest - fire.earliest, .zero))
    return (since, due + rest)
  }
}

extension Timeline.EventKind {
  /// Whether its timer counts it: what opens a connection is not sent by one, and a loss probe leaves
  /// the count as it is.
  fileprivate var isCounted: Bool {
    switch self {
    case .syn, .synAck, .lossProbe, .heartbeat: false
    case .retransmission, .keepaliveProbe, .windowProbe, .neighbourProbe, .giveUp, .newOwner: true
    }
  }
}

extension KernelRules {
  /// How late a timer that was armed for a wait fires at most: the width of its bucket, and a tick.
  fileprivate func lateness(of wait: Duration) -> Duration {
    tickRates.map { tick in
      tick.duration(wheel(at: tick).granularity(of: tick.jiffies(wait)) + 1)
    }.max() ?? .zero
  }
}
