import TCPModel

extension Timeline {
  /// When the second keepalive probe leaves at the latest; nil if it need not.
  var secondProbe: Duration? {
    let times = branches.map { $0.probes.dropFirst().first?.range.latest }
    return times.contains(nil) ? nil : times.compactMap { $0 }.max()
  }

  /// Returns the longest outage, beginning at the worst moment, after which a segment passes a
  /// device before it has forgotten the connection; nil if no outage is too long.
  ///
  /// Nothing passes during the outage. Of an idle connection it begins with a probe, which the last
  /// traffic, or the last answered probe, precedes by as long as it is silent; of one in use with the data.
  /// - Parameter memory: how long the device remembers a silent connection.
  func survives(with memory: Duration) -> Duration? {
    switch scenario {
    case .idle:
      // Without probes silence lasts until the device forgets.
      return branches.map { branch in
        let passing = branch.passing(before: memory)
        // A timer is never early: from probe to probe it takes at least what is set.
        let outage = passing > 0 ? branch.time(of: passing - 1, nominalEvents) : .zero
        return min(branch.survives, outage)
      }.min() ?? .zero
    case .send:
      return branches.map { branch in
        let passing = branch.passing(before: memory)
        return min(branch.survives, passing > 0 ? branch.events[passing - 1].range.earliest : .zero)
      }.min()
    case .connect, .neighbour, .movedAddress, .accept, .zeroWindow, .close, .finWait, .timeWait:
      return nil
    }
  }
}

extension Timeline.Branch {
  /// Returns how long after the first segment another leaves, at the least.
  fileprivate func time(of index: Int, _ nominal: [Timeline.Event]) -> Duration {
    // What follows a heartbeat is counted from it.
    if events[0].kind == .heartbeat { return events[index].range.earliest }
    if nominal.first?.kind == events[0].kind, index < nominal.count {
      return nominal[index].range.earliest - nominal[0].range.earliest
    }
    return max(.zero, events[index].range.earliest - events[0].range.latest)
  }

  /// Returns how many segments leave before a time in any phase; the end is none.
  func passing(before time: Duration) -> Int {
    events.dropLast().prefix { $0.range.latest < time }.count
  }
}
