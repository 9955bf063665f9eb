extension Timeline {
  /// How long after an outage the first segment leaves that the returned peer can answer, at worst.
  ///
  /// An outage that begins earlier than the worst moment ends earlier in the course of events too:
  /// anywhere between two segments, at worst right after one. So this is the longest wait before any
  /// segment that may be the first to be answered.
  /// - Returns: nil if the outage is not outlived, or if no segment ever leaves.
  package func recovers(after outage: Duration) -> Duration? {
    guard !branches.isEmpty else { return nil }
    var longest = Duration.zero
    for branch in branches {
      // A closed window is no outage: the peer answers all the while.
      guard scenario.depends(on: .receiverFate) || outage <= branch.survives else { return nil }
      longest = max(longest, branch.longestWait(upTo: outage))
    }
    return longest
  }
}

extension Timeline.Branch {
  /// Before any segment that may be the first after an outage of that length, or a shorter one.
  fileprivate func longestWait(upTo outage: Duration) -> Duration {
    // An outage of an idle connection costs nothing before the first probe, so it begins there; or
    // with the heartbeat, which the events that follow it are counted from.
    let isIdle = events.first?.kind == .keepaliveProbe || events.first?.kind == .heartbeat
    let lead = isIdle ? 1 : 0
    let start = events.first?.kind == .keepaliveProbe ? events[0].range.latest : .zero
    var longest = Duration.zero
    for index in events.indices.dropFirst(lead).dropLast() {
      let previous = index > 0 ? events[index - 1].range.earliest - start : .zero
      if previous < outage { longest = max(longest, waits[index]) }
    }
    return longest
  }
}
