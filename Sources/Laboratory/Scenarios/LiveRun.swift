import Linux
import Observations
import Probes
import TCPModel

/// One case being played: its sockets, and what was seen of it so far.
final class LiveRun {
  let live: RunRequest
  /// nil where no program holds it any more, or none ever did.
  let client: SharedSocket?
  /// The silent end of this case alone, an accepted socket or the listener of an outage; nil where
  /// there is only a listener for many.
  let peer: SharedSocket?
  /// When the scenario began, on the monotonic clock; of no meaning before it has.
  private(set) var start: Duration
  /// The ports that its segments come from and go to, by which they are known.
  let ends: Segment.Ends
  /// TCP_INFO from before the peer fell silent, where there was a connection.
  private(set) var info: TCPInfo?
  /// When options are to be set that the program sets late; nil once they are.
  var optionsDue: Duration?
  /// nil once the scenario has begun.
  private var trigger: StartTrigger?
  /// When a peer that does not read is to fall silent; nil once it is, or never.
  private var deathDue: Duration?
  private var poller: SocketPoller?
  private var outage: Outage?
  /// When its last event was seen, on the monotonic clock.
  private var lastSent: Duration?
  private var track: SegmentClassifier
  /// How segments are seen without a tap; nil where there is one.
  private var count: RetransmitCounter?

  init(
    _ live: RunRequest, client: SharedSocket? = nil, peer: SharedSocket? = nil, ends: Segment.Ends,
    start: Duration, in testNamespace: TestNamespace, info: TCPInfo? = nil,
    poller: SocketPoller? = nil
  ) {
    (self.live, self.client, self.peer, self.ends) = (live, client, peer, ends)
    (self.start, self.info, self.poller) = (start, info, poller)
    trigger = StartTrigger(of: live)
    // On an idle connection no time is worse than that of its first probe.
    outage = live.outage.map { Outage(lasting: $0, from: live.scenario == .idle ? nil : start) }
    let sendsLossProbes = testNamespace.sendsLossProbes
    track = SegmentClassifier(live.scenario, sendsLossProbes: sendsLossProbes)
    if testNamespace.tap(live.socketFamily) == nil {
      count = RetransmitCounter(live.scenario, sendsLossProbes: sendsLossProbes, from: start)
    }
  }

  /// Whether its segments are counted instead of seen.
  var isCounted: Bool { count != nil }

  /// What there is to tell once it has begun; nil before.
  var opening: [SandboxEvent]? {
    guard trigger == nil else { return nil }
    let begun = SandboxEvent.begun(number: live.number, at: start)
    guard let timeout = info?.retransmissionTimeout, let roundTrip = info?.roundTrip else {
      return [begun]
    }
    return [
      begun, .timeouts(number: live.number, retransmission: timeout, roundTrip: roundTrip),
    ]
  }

  /// Takes in a segment that it sent.
  func take(sent sighting: PacketTap.CapturedSegment) -> [SandboxEvent] {
    let kind = track.kind(of: sighting.segment)
    trigger?.take(kind)
    return reports(of: kind, at: sighting.time)
  }

  /// Takes in a frame on its way to its neighbour.
  func take(sent frame: Frame, at time: Duration) -> [SandboxEvent] {
    reports(of: track.kind(of: frame), at: time)
  }

  private func reports(of kind: Timeline.EventKind?, at time: Duration) -> [SandboxEvent] {
    guard let kind, trigger == nil else { return [] }
    lastSent = time
    outage?.begin(at: time)
    return [
      .event(number: live.number, Observation.Event(kind, at: max(.zero, time - start)))
    ]
  }

  /// Takes in a segment that the peer sent.
  func take(answer sighting: PacketTap.CapturedSegment) throws(SystemCallError) -> [SandboxEvent] {
    if let trigger {
      guard trigger.isOver(with: sighting.segment) else { return [] }
      return try begin(at: sighting.time)
    }
    // That a connect has succeeded is for its socket to say.
    let tells = live.scenario != .connect && !sighting.segment.isRST
    return tells ? [outlived].compactMap { $0 } : []
  }

  private func begin(at time: Duration) throws(SystemCallError) -> [SandboxEvent] {
    (trigger, start) = (nil, time)
    if let client { info = try client.descriptor.tcpInfo() }
    if live.scenario == .zeroWindow {
      switch live.receiverFate {
      case .dies(let wait) where wait > .zero: deathDue = time + wait
      case .dies, .diesAtWorstMoment, .diesAnswering: try peer?.descriptor.dropEverything()
      case .survives: break
      }
    }
    return opening ?? []
  }

  /// What there is to tell at its end; nothing when it goes on.
  func end(_ events: EpollEvents, at now: Duration) throws(SystemCallError) -> [SandboxEvent] {
    guard let outcome = try outcome(events, at: now) else { return [] }
    // What has left since the last look is in the count still.
    return try countedEvents(at: now) + [outcome]
  }

  /// How it ended; nil when it goes on. Writable alone is no end: SO_ERROR decides.
  private func outcome(_ events: EpollEvents, at now: Duration) throws(SystemCallError)
    -> SandboxEvent?
  {
    if let error = try client?.descriptor.pendingError() {
      return .ended(number: live.number, errno: error.name, after: now - start)
    }
    if events.contains(.hangUp) {
      return .notPlayed(number: live.number, because: "the connection ended without an error")
    }
    if live.scenario == .connect, events.contains(.output) {
      return outlived
        ?? .notPlayed(
          number: live.number, because: "a listener that should be silent has answered")
    }
    return nil
  }

  /// That an answer came after the outage; nil before its end.
  private var outlived: SandboxEvent? {
    guard let end = outage?.end else { return nil }
    return .outlived(number: live.number, resumedAfter: max(.zero, (lastSent ?? end) - end))
  }

  /// When there is something to do that no descriptor tells of; nil when there is nothing.
  var due: Duration? {
    let look = trigger == nil ? poller.map { start + $0.next } : nil
    return [optionsDue, outage?.due, count?.due, deathDue, look].lazy.compactMap { $0 }.min()
  }

  /// - Returns: what there is to tell of it.
  func doWhatIsDue(at now: Duration) throws(SystemCallError) -> [SandboxEvent] {
    if let optionsDue, optionsDue <= now {
      self.optionsDue = nil
      try client?.set(live.options)
    }
    if let deathDue, deathDue <= now {
      self.deathDue = nil
      try peer?.descriptor.dropEverything()
    }
    var reports: [SandboxEvent] = []
    if let due = count?.due, due <= now { reports = try countedEvents(at: now) }
    if let due = outage?.due, due <= now, let peer {
      try peer.descriptor.dropNothing()
      if let time = outage?.end(at: KernelClock.monotonic.now) {
        reports.append(.outageOver(number: live.number, lasted: time))
      }
    }
    return try reports + unseenEnd()
  }

  private func countedEvents(at now: Duration) throws(SystemCallError) -> [SandboxEvent] {
    guard count != nil, let client else { return [] }
    let info = try client.descriptor.tcpInfo()
    return (count?.look(at: info, now) ?? []).map {
      .event(number: live.number, Observation.Event($0, at: now - start))
    }
  }

  private func unseenEnd() throws(SystemCallError) -> [SandboxEvent] {
    let time = KernelClock.monotonic.now - start
    guard trigger == nil, let next = poller?.next, next <= time,
      try poller?.look(at: time) ?? false
    else { return [] }
    return [.ended(number: live.number, errno: nil, after: time)]
  }
}
