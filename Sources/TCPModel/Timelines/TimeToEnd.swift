/// When a scenario ends, without how: what findings and reasons speak of.
package struct TimeToEnd: Hashable, Sendable {
  package var ends: Timeline.Termination
  /// nil if it does not end or nobody knows.
  package var range: TimeRange?

  package init(ends: Timeline.Termination, range: TimeRange?) {
    (self.ends, self.range) = (ends, range)
  }

  /// Returns what covers both, as for one setting on two kernels.
  package func union(_ other: TimeToEnd) -> TimeToEnd {
    let range =
      switch (self.range, other.range) {
      case (let mine?, let theirs?): mine.union(theirs)
      case (let mine, let theirs): mine ?? theirs
      }
    switch (ends, other.ends) {
    case (.unknown, _): return self
    case (_, .unknown): return other
    case (.always, .always): return TimeToEnd(ends: .always, range: range)
    case (.never, .never): return TimeToEnd(ends: .never, range: nil)
    default: return TimeToEnd(ends: .maybeNever, range: range)
    }
  }

  /// This one, and then another.
  package func followed(by next: TimeToEnd) -> TimeToEnd {
    switch (ends, next.ends) {
    case (.never, _), (.unknown, _): return self
    case (_, .never), (_, .unknown): return next
    case (.always, _), (.maybeNever, _):
      let ends = ends == next.ends ? ends : .maybeNever
      guard let range, let other = next.range else { return TimeToEnd(ends: ends, range: nil) }
      return TimeToEnd(ends: ends, range: range + other)
    }
  }

  /// Returns the same under a limit that ends all of it.
  package func limited(to limit: Duration) -> TimeToEnd {
    if case .unknown = ends { return self }
    guard let range, ends == .always, range.earliest <= limit else {
      let earliest = min(range?.earliest ?? limit, limit)
      return TimeToEnd(ends: .always, range: TimeRange(earliest, limit))
    }
    return TimeToEnd(ends: .always, range: TimeRange(range.earliest, min(range.latest, limit)))
  }

  /// Returns the same several times in turn, as for a name with several addresses.
  package func repeated(_ times: Int) -> TimeToEnd {
    TimeToEnd(ends: ends, range: range.map { $0 * times })
  }
}

extension Timeline {
  package var timeToEnd: TimeToEnd { TimeToEnd(ends: ends, range: range) }

  /// Returns the timeline under a program that gives up by itself at `deadline`.
  package func limited(to deadline: Duration, roundTrip: Duration) -> Timeline {
    var limited = self
    if branches.isEmpty {
      let end = Event(.giveUp, TimeRange(deadline, deadline))
      var branch = Branch(share: 1, events: [end], waits: [deadline], survives: .zero)
      branch.endReasons = .deadline
      limited.branches = [branch]
    } else {
      limited.branches = branches.map { $0.limited(to: deadline, roundTrip: roundTrip) }
    }
    limited.ends = .always
    limited.limits.append(EndReason(.deadline, [], time: deadline))
    limited.nominalEvents = nominalEvents.filter { $0.range.latest < deadline }
    limited.nominalEvents.append(Event(.giveUp, TimeRange(deadline, deadline)))
    if let range, range.earliest <= deadline { return limited }
    limited.errno = nil
    return limited
  }
}

extension Timeline.Branch {
  /// A segment that may or may not leave before the deadline is not counted on.
  fileprivate func limited(to deadline: Duration, roundTrip: Duration) -> Timeline.Branch {
    guard range.latest > deadline, let end = events.last else { return self }
    var limited = self
    let sent = events.dropLast().filter { $0.range.latest + roundTrip < deadline }
    limited.events = sent
    limited.waits = waits.prefix(sent.count) + [deadline - (sent.last?.range.earliest ?? .zero)]
    limited.events.append(
      Timeline.Event(end.kind, TimeRange(min(end.range.earliest, deadline), deadline)))
    limited.endReasons = end.range.earliest <= deadline ? endReasons.union(.deadline) : .deadline
    limited.survives = min(survives, sent.last?.range.earliest ?? .zero)
    return limited
  }
}
