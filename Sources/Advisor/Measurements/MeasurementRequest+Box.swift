package import TCPModel

extension PortablePlan {
  /// Returns how each device on a group's path meets what is emitted: a silence that it forgets, with
  /// and without keepalive, and up to two lost probes.
  func boxRequests(of group: ConnectionGroup, _ experiment: (Scenario) -> Experiment)
    -> [MeasurementRequest]
  {
    group.middleboxes.flatMap { middlebox in
      var silent = experiment(.send)
      silent.options[.keepalive] = nil
      let idle = experiment(.idle)
      var cases: [(Experiment, lost: Int)] = middlebox.onExpiry == .close ? [] : [(silent, 0)]
      if idle.options[.keepalive] ?? 0 != 0 {
        cases += (0...(middlebox.tcpKeepaliveCounts ? 2 : 0)).map { (idle, $0) }
      }
      return cases.compactMap { experiment, lost in
        middlebox.box(losing: lost).map { box in
          var request = MeasurementRequest(.planned, group: group.name, experiment: experiment)
          (request.experiment.box, request.middlebox) = (box, middlebox.name)
          return request
        }
      }
    }
  }
}

extension Middlebox {
  /// The device as a laboratory has it; nil if it ends by itself what keepalive keeps awake, which
  /// none is known to do.
  fileprivate func box(losing count: Int) -> ForgettingBox? {
    guard onExpiry != .close || !tcpKeepaliveCounts else { return nil }
    return ForgettingBox(
      memory: idleTimeout, expiry: onExpiry, countsKeepalive: tcpKeepaliveCounts,
      lostSegments: count)
  }
}

extension ForgettingBox {
  /// Returns the same for a rehearsal with a probe every second: as many of them pass as before, of
  /// the first that matter.
  func rehearsed(for timeline: Timeline) -> ForgettingBox {
    var passing = 0
    if timeline.scenario == .idle {
      passing =
        countsKeepalive
        ? timeline.withoutAnsweredProbes.branches.map { $0.passing(before: memory) }.min() ?? 0 : 2
    }
    var rehearsed = self
    rehearsed.memory = .milliseconds(500 + 1000 * min(passing, 3))
    return rehearsed
  }

  /// Returns whether it knows the connection when the first probe comes, and no longer when the next one
  /// does, though the first was answered.
  func forgetsBetweenProbes(of timeline: Timeline) -> Bool {
    guard timeline.scenario == .idle, countsKeepalive else { return false }
    var lossless = self
    lossless.lostSegments = 0
    return timeline.behind(lossless).lives == false
      && timeline.withoutAnsweredProbes.branches.contains { $0.passing(before: memory) > 0 }
  }

  /// Seconds between the probes of a rehearsal where it forgets between them: one passes, and it remembers
  /// for a second and a half.
  static let rehearsedIntervalOfForgotten = 2
}

extension MeasurementRequest {
  /// Returns when its measurement ends at the latest, if it ends.
  package func timeToEnd(on host: Host) -> TimeToEnd {
    let timeline = Timeline(of: experiment, under: host.rules)
    guard let box = experiment.box else { return timeline.withoutAnsweredProbes.timeToEnd }
    var end = timeline.behind(box).timeline.timeToEnd
    // A silence comes first.
    if experiment.scenario == .send {
      end.range = end.range.map { $0 + TimeRange(box.memory, box.memory) }
    }
    return end
  }
}
