/// What becomes of a connection behind a device that forgets.
package struct BoxOutlook: Hashable, Sendable {
  /// What is seen on this side, up to its end or, where it lives, to a probe that shows it.
  package var timeline: Timeline
  /// Whether it lives on; nil if the phase of the timers decides.
  package var lives: Bool?

  package var timeToEnd: TimeToEnd {
    switch lives {
    case true: TimeToEnd(ends: .never, range: nil)
    case false: timeline.timeToEnd
    case nil: TimeToEnd(ends: .maybeNever, range: timeline.range)
    }
  }
}

extension Timeline {
  /// Returns what becomes of the connection if the peer is not gone, as this timeline has it, but a
  /// device forgets: of `idle` from the last traffic on, of `send` when it has forgotten already.
  package func behind(_ box: ForgettingBox) -> BoxOutlook {
    guard scenario == .idle else {
      let reset = ending(with: "ECONNRESET", at: TimeRange(.zero, ForgettingBox.lateness))
      return BoxOutlook(timeline: box.expiry == .drop ? self : reset, lives: false)
    }
    let answers = answeredProbes
    guard box.expiry != .close else { return closed(by: box, answers) }
    if box.lostSegments > 0 { return withoutAnsweredProbes.afterLoss(box) }
    guard let answers else { return BoxOutlook(timeline: withoutAnsweredProbes, lives: false) }
    return answered(box, answers)
  }

  /// A device that answers probes and ends the connection when no data has come for long.
  private func closed(by box: ForgettingBox, _ answers: AnsweredProbes?) -> BoxOutlook {
    let end = TimeRange(box.memory, box.memory + ForgettingBox.lateness)
    let probes = answers.map { $0.events($0.count(before: box.memory).upperBound) } ?? []
    return BoxOutlook(timeline: ending(with: nil, at: end, after: probes), lives: false)
  }

  /// Every probe is answered, as long as the device knows the connection.
  private func answered(_ box: ForgettingBox, _ answers: AnsweredProbes) -> BoxOutlook {
    let (first, apart, memory) = (answers.first, answers.apart, box.memory)
    guard box.countsKeepalive else {
      return forgotten(box, after: answers.count(before: memory), of: answers)
    }
    guard first.earliest < memory else { return forgotten(box, after: 0...0, of: answers) }
    let fewest = first.latest < memory ? 1 : 0
    guard apart.earliest < memory else {
      return forgotten(box, after: fewest...1, of: answers)
    }
    // Up to the one that comes when a silent connection would have been forgotten.
    let count = max(answers.count(before: memory + first.earliest).upperBound, 1)
    guard max(first.latest, apart.latest) < memory else {
      var outlook = forgotten(box, after: fewest...count, of: answers)
      outlook.lives = nil
      return outlook
    }
    let last = answers.range(after: count - 1)
    let end = TimeRange(last.earliest + apart.earliest, last.latest + (range?.latest ?? .zero))
    return BoxOutlook(
      timeline: ending(with: errno, at: end, after: answers.events(count)), lives: true)
  }

  /// After the last answer nothing passes any more.
  /// - Parameter count: how many probes were answered.
  private func forgotten(
    _ box: ForgettingBox, after count: ClosedRange<Int>, of answers: AnsweredProbes
  ) -> BoxOutlook {
    let past = answers.events(count.upperBound)
    if box.expiry == .reset {
      let next = answers.range(after: count)
      let end = TimeRange(next.earliest, next.latest + ForgettingBox.lateness)
      let reset = ending(
        with: "ECONNRESET", at: end, after: past + [Event(.keepaliveProbe, next)])
      return BoxOutlook(timeline: reset, lives: false)
    }
    var timeline = self
    timeline.branches = count.lowerBound == 0 ? withoutAnsweredProbes.branches : []
    if count.upperBound > 0 {
      let last = answers.range(after: max(count.lowerBound - 1, 0)...count.upperBound - 1)
      timeline.branches += (afterAnswer ?? branches).map { branch in
        var later = branch
        later.events = past + branch.events.map { Event($0.kind, last + $0.range) }
        return later
      }
    }
    return BoxOutlook(timeline: timeline, lives: false)
  }

  /// The first probes are lost; the next one meets a device that knows the connection, or not.
  private func afterLoss(_ box: ForgettingBox) -> BoxOutlook {
    var timeline = self
    var fates: Set<Bool?> = []
    for (index, branch) in branches.enumerated() {
      guard branch.probes.count > box.lostSegments else {
        fates.insert(false)
        continue
      }
      let next = branch.probes[box.lostSegments].range
      let lives = next.latest < box.memory ? true : next.earliest >= box.memory ? false : nil
      fates.insert(lives)
      guard box.expiry == .reset, lives != true else { continue }
      let end = TimeRange(next.earliest, next.latest + ForgettingBox.lateness)
      timeline.branches[index].events =
        branch.probes.prefix(box.lostSegments + 1) + [Event(.giveUp, end)]
      timeline.branches[index].errno = "ECONNRESET"
    }
    return BoxOutlook(timeline: timeline, lives: fates.count == 1 ? fates.first ?? nil : nil)
  }

  private func ending(with errno: String?, at end: TimeRange, after probes: [Event] = [])
    -> Timeline
  {
    let events = probes + [Event(.giveUp, end)]
    let branch = Branch(share: nil, events: events, waits: [], survives: .zero)
    return Timeline(
      scenario, branches: [branch], ends: .always, nominalEvents: [], errno: errno)
  }
}

extension Timeline.Branch {
  /// Its keepalive probes.
  package var probes: [Timeline.Event] { events.filter { $0.kind == .keepaliveProbe } }
}
