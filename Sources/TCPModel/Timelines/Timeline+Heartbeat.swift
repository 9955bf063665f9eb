extension Timeline {
  /// Returns what becomes of an idle connection on which the program sends something at least every
  /// `interval`: its heartbeat is data, and how that fares decides.
  ///
  /// While data is unacknowledged `tcp_keepalive_timer` counts no probes, so that keepalive ends it
  /// only where it does so before a heartbeat. The peer dies at the worst moment, just after it
  /// answered one, or at any later one.
  /// - Parameter sending: `send`, from the heartbeat on, the program's own limit for an answer
  ///   included.
  package func kept(awakeEvery interval: Duration, sending: Timeline) -> Timeline {
    if case .unknown(let reason) = sending.ends { return .unknown(scenario, because: reason) }
    // A connection that keepalive has ended gets no more heartbeats.
    let longest = min(interval, ends == .always ? range?.latest ?? interval : interval)
    var awake = self
    let silent = branches.filter { $0.range.earliest < interval }.map { $0.ended(by: interval) }
    awake.branches = sending.branches.map { $0.begun(within: longest) } + silent
    awake.branches.sort { $0.range.latest < $1.range.latest }
    awake.ends = sending.ends
    awake.nominalEvents = [Event(.heartbeat, TimeRange(interval, interval))]
    awake.nominalEvents += sending.nominalEvents.map {
      Event($0.kind, $0.range + TimeRange(interval, interval))
    }
    awake.isNominalForAll = sending.isNominalForAll && silent.isEmpty
    awake.errno = silent.isEmpty ? sending.errno : errno
    awake.limits = sending.limits + (silent.isEmpty ? [] : limits)
    return awake
  }
}

extension Timeline.Branch {
  /// Returns the same begun by a heartbeat, at any time up to `longest`.
  fileprivate func begun(within longest: Duration) -> Self {
    var begun = self
    begun.share = nil
    begun.events = [Timeline.Event(.heartbeat, TimeRange(.zero, longest))]
    begun.events += events.map {
      Timeline.Event($0.kind, $0.range + TimeRange(.zero, longest))
    }
    begun.waits = [longest] + waits
    return begun
  }

  /// Returns the part of an idle connection's end that comes before a heartbeat.
  fileprivate func ended(by heartbeat: Duration) -> Self {
    var ended = self
    ended.share = nil
    ended.events = events.map {
      Timeline.Event($0.kind, TimeRange($0.range.earliest, min($0.range.latest, heartbeat)))
    }
    return ended
  }
}
