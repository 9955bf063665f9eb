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
    let first = branches.compactMap { $0.probes.first?.range }.union
    guard box.expiry != .close else { return closed(by: box, first) }
    if box.lostSegments > 0 { return afterLoss(box) }
    guard let first else { return BoxOutlook(timeline: self, lives: false) }
    return answered(box, first)
  }

  /// A device that answers probes and ends the connection when no data has come for long.
  private func closed(by box: ForgettingBox, _ first: TimeRange?) -> BoxOutlook {
    let end = TimeRange(box.memory, box.memory + ForgettingBox.lateness)
    let probes = first.map { answers(to: $0, before: box.memory) } ?? []
    return BoxOutlook(timeline: ending(with: nil, at: end, after: probes), lives: false)
  }

  /// Every probe is answered, as long as the device knows the connection.
  private func answered(_ box: ForgettingBox, _ first: TimeRange) -> BoxOutlook {
    guard box.countsKeepalive, first.earliest < box.memory else {
      return forgotten(box, after: answers(to: first, before: box.memory), first)
    }
    // The one that comes when a silent connection would have been forgotten.
    let probes = answers(to: first, before: box.memory + first.earliest)
    let last = probes.last?.range ?? first
    let end = TimeRange(last.earliest + first.earliest, last.latest + (range?.latest ?? .zero))
    return BoxOutlook(
      timeline: ending(with: errno, at: end, after: probes),
      lives: first.latest < box.memory ? true : nil)
  }

  /// After the last answer nothing passes any more.
  private func forgotten(_ box: ForgettingBox, after probes: [Event], _ first: TimeRange)
    -> BoxOutlook
  {
    let past = probes.last?.range ?? TimeRange(.zero, .zero)
    var timeline = self
    if box.expiry == .reset {
      let next = past + first
      let end = TimeRange(next.earliest, next.latest + ForgettingBox.lateness)
      timeline = ending(
        with: "ECONNRESET", at: end, after: probes + [Event(.keepaliveProbe, next)])
    } else {
      for index in timeline.branches.indices {
        timeline.branches[index].events =
          probes
          + branches[index].events.map { Event($0.kind, past + $0.range) }
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

  /// The probes that follow each other by the first one's wait, because each is answered: of very many
  /// the first and the last.
  private func answers(to first: TimeRange, before time: Duration) -> [Event] {
    guard .zero < first.earliest, first.earliest < time else { return [] }
    let count = Int((time / first.earliest).rounded(.up)) - 1
    let last = (max(count - 1, 1)...count + 1).last { first.earliest * $0 < time } ?? 1
    let numbers =
      Array(1...min(last, EventTrace.mostTimes)) + (last > EventTrace.mostTimes ? [last] : [])
    return numbers.map { Event(.keepaliveProbe, first * $0) }
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
