extension Timeline {
  /// How far a scenario has come that is under way, from one look at its timer.
  package struct Progress: Hashable, Sendable {
    /// How long ago it began.
    package let since: TimeRange
    /// When it ends, counted from the look.
    package let remaining: TimeToEnd
  }

  /// Returns how far it has come once `count` segments of a kind went unanswered, the opening one not
  /// counted, and the timer is due after `next`; nil if it would have ended before.
  ///
  /// A timer is shown when it is due and fires in its bucket's own time; how late the ones before
  /// were follows from no look, so that both times are ranges.
  package func progress(after count: Int, of kind: EventKind, next: Duration) -> Progress? {
    switch ends {
    case .unknown, .never: return Progress(since: TimeRange(.zero, .zero), remaining: timeToEnd)
    case .always, .maybeNever: break
    }
    let courses = branches.compactMap { $0.progress(after: count, of: kind, next: next) }
    guard let since = courses.map(\.since).union, let range = courses.map(\.remaining).union else {
      return nil
    }
    return Progress(since: since, remaining: TimeToEnd(ends: ends, range: range))
  }
}

extension Timeline.Branch {
  fileprivate func progress(after count: Int, of kind: Timeline.EventKind, next: Duration)
    -> (since: TimeRange, remaining: TimeRange)?
  {
    let isOpened = events.first.map { $0.kind == kind && $0.range.latest == .zero } ?? false
    let fires = events.indices.filter { events[$0].kind == kind || events[$0].kind == .giveUp }
    let position = count + (isOpened ? 1 : 0)
    guard position < fires.count, let end = events.last?.range else { return nil }
    let fire = events[fires[position]].range
    // A bucket of the timer wheel is an eighth of the wait, at most.
    let wait = fires[position] < waits.count ? waits[fires[position]] : next
    let due = TimeRange(next, next + max(wait, next) / 7 + .milliseconds(20))
    let since = TimeRange(
      max(fire.earliest - due.latest, .zero), max(fire.latest - due.earliest, .zero))
    if fires[position] == events.count - 1 { return (since, due) }
    let rest = TimeRange(
      max(end.earliest - fire.latest, .zero), max(end.latest - fire.earliest, .zero))
    return (since, due + rest)
  }
}
