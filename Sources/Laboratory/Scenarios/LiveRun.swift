import NetAddress
import Linux
import Observations
import Probes
import TCPModel

/// One experiment under way: its sockets, and what was seen of it so far.
final class LiveRun {
  let request: RunRequest
  let scenario: LiveScenario
  /// nil if no program holds it any more, or none ever did.
  let client: SharedSocket?
  /// The silent end of this run alone, an accepted socket or the listener of an outage; nil if
  /// there is only a listener for many.
  let peer: SharedSocket?
  /// When the scenario began, on the monotonic clock; of no meaning before it has.
  private(set) var start: Duration
  /// The ports that its segments come from and go to, by which they are known.
  let endpoints: Segment.Endpoints
  /// TCP_INFO from before the peer fell silent, where there was a connection.
  private(set) var info: TCPInfo?
  /// When options are to be set that the program sets late; nil once they are.
  var optionsDue: Duration?
  /// nil once the scenario has begun.
  private var trigger: StartTrigger?
  /// When a peer that does not read is to fall silent; nil once it is, or never.
  var peerDeathDue: Duration?
  /// When a device that ends connections itself is to do so; nil once it has, or never.
  var boxCloseDue: Duration?
  /// When it begins that waits for a device to forget; nil once it has begun.
  var beginDue: Duration?
  /// The device between its ends; nil if there is none.
  var relay: ForgettingRelay?
  private var poller: SocketPoller?
  private var outage: Outage?
  /// When its last event was seen, on the monotonic clock.
  private var lastSent: Duration?
  private var classifier: SegmentClassifier
  /// How segments are seen without a tap; nil if there is one.
  private var counter: RetransmitCounter?

  init(
    _ request: RunRequest, client: SharedSocket? = nil, peer: SharedSocket? = nil,
    endpoints: Segment.Endpoints, start: Duration, in testNamespace: TestNamespace,
    info: TCPInfo? = nil, poller: SocketPoller? = nil
  ) {
    (self.request, self.client, self.peer, self.endpoints) = (request, client, peer, endpoints)
    (self.start, self.info, self.poller) = (start, info, poller)
    let scenario = request.scenario.live
    self.scenario = scenario
    trigger = scenario.trigger(request)
    outage = request.outage.map {
      Outage(lasting: $0, from: scenario.outageBeginsWithEvent ? nil : start)
    }
    let sendsLossProbes = testNamespace.sendsLossProbes
    classifier = SegmentClassifier(scenario, sendsLossProbes: sendsLossProbes)
    if testNamespace.tap(request.socketFamily) == nil {
      counter = RetransmitCounter(
        scenario.counting, sendsLossProbes: sendsLossProbes, from: start)
    }
  }

  /// Whether its socket becomes writable when the peer answers.
  var isDecidedWhenWritable: Bool {
    scenario.isDecidedWhenWritable || request.activity == .connect
  }

  /// What there is to tell as it begins; nothing before.
  var opening: [SandboxEvent] {
    guard hasBegun else { return [] }
    var events = [SandboxEvent.begun(number: request.number, at: start)]
    if let timeout = info?.retransmissionTimeout, let roundTrip = info?.roundTrip {
      events.append(
        .timeouts(number: request.number, retransmission: timeout, roundTrip: roundTrip))
    }
    // Where segments are counted instead of seen.
    if counter != nil, let kind = scenario.counting.opening {
      events.append(.event(number: request.number, Observation.Event(kind, at: .zero)))
    }
    return events
  }

  private var hasBegun: Bool { trigger == nil && beginDue == nil }

  /// Takes in a segment that it sent.
  func take(sent sighting: PacketTap.CapturedSegment) throws(SystemCallError) -> [SandboxEvent] {
    let kind = classifier.kind(of: sighting.segment)
    trigger?.take(kind)
    _ = try relay?.take(sighting, ofClient: true)
    return reports(of: kind, at: sighting.time)
  }

  /// Takes in a frame on its way to its neighbour.
  func take(sent frame: Frame, at time: Duration) -> [SandboxEvent] {
    reports(of: classifier.kind(of: frame, of: request.activity), at: time)
  }

  private func reports(of kind: Timeline.EventKind?, at time: Duration) -> [SandboxEvent] {
    guard let kind, hasBegun else { return [] }
    lastSent = time
    outage?.begin(at: time)
    return [
      .event(number: request.number, Observation.Event(kind, at: max(.zero, time - start)))
    ]
  }

  /// Takes in a segment that the peer sent.
  func take(answer sighting: PacketTap.CapturedSegment) throws(SystemCallError) -> [SandboxEvent] {
    if let trigger {
      guard trigger.isOver(with: sighting.segment) else { return [] }
      return try begin(at: sighting.time)
    }
    if let relay {
      return try relay.take(sighting, ofClient: false) ? survival(at: sighting.time) : []
    }
    // That a connect has succeeded is for its socket to say.
    let tells = !scenario.isDecidedWhenWritable && !sighting.segment.isRST
    return tells ? [outlived].compactMap { $0 } : []
  }

  /// What an answer tells that a device has passed on: after losses the first shows that it lives,
  /// else one that came when a silent connection would have been forgotten.
  private func survival(at time: Duration) -> [SandboxEvent] {
    guard let box = request.box, let lastSent,
      box.lostSegments > 0 || time - start >= box.memory
    else { return [] }
    return [.outlived(number: request.number, resumedAfter: max(.zero, lastSent - start))]
  }

  private func begin(at time: Duration) throws(SystemCallError) -> [SandboxEvent] {
    (trigger, beginDue, start) = (nil, nil, time)
    if let client { info = try client.descriptor.tcpInfo() }
    try scenario.begun(self, time)
    return opening
  }

  /// Returns what there is to tell at its end; nothing when it goes on.
  func end(_ events: EpollEvents, at now: Duration) throws(SystemCallError) -> [SandboxEvent] {
    guard let outcome = try outcome(events, at: now) else { return [] }
    // What has left since the last look is in the count still.
    return try countedEvents(at: now) + [outcome]
  }

  /// Returns how it ended; nil if it goes on. Writable alone is no end: SO_ERROR decides.
  private func outcome(_ events: EpollEvents, at now: Duration) throws(SystemCallError)
    -> SandboxEvent?
  {
    if let error = try client?.descriptor.pendingError() {
      return .ended(number: request.number, errno: error.name, after: now - start)
    }
    if request.box?.expiry == .close, events.contains(.peerClosed) {
      return .ended(number: request.number, errno: nil, after: now - start)
    }
    if events.contains(.hangUp) {
      return .notRun(number: request.number, because: "the connection ended without an error")
    }
    if request.activity == .connect, events.contains(.output) {
      return .ended(number: request.number, errno: nil, after: now - start)
    }
    if scenario.isDecidedWhenWritable, events.contains(.output) {
      return outlived
        ?? .notRun(
          number: request.number, because: "a listener that should be silent has answered")
    }
    return nil
  }

  /// That an answer came after the outage; nil before its end.
  private var outlived: SandboxEvent? {
    guard let end = outage?.end else { return nil }
    return .outlived(number: request.number, resumedAfter: max(.zero, (lastSent ?? end) - end))
  }

  /// When there is something to do that no descriptor tells of; nil if there is nothing.
  var due: Duration? {
    let look = trigger == nil ? poller.map { start + $0.next } : nil
    let dues = [
      optionsDue, outage?.due, counter?.due, peerDeathDue, boxCloseDue, beginDue, look,
    ]
    return dues.lazy.compactMap { $0 }.min()
  }

  /// - Returns: what there is to tell of it.
  func doWhatIsDue(at now: Duration) throws(SystemCallError) -> [SandboxEvent] {
    if let optionsDue, optionsDue <= now {
      self.optionsDue = nil
      try client?.set(request.options)
    }
    if let peerDeathDue, peerDeathDue <= now {
      self.peerDeathDue = nil
      try peer?.descriptor.dropEverything()
    }
    if let boxCloseDue, boxCloseDue <= now {
      self.boxCloseDue = nil
      try peer?.descriptor.shutDownSending()
    }
    var reports: [SandboxEvent] = []
    if let beginDue, beginDue <= now { reports = try begin(at: KernelClock.monotonic.now) }
    if let due = counter?.due, due <= now { reports += try countedEvents(at: now) }
    if let due = outage?.due, due <= now, let peer {
      try peer.descriptor.dropNothing()
      if let time = outage?.end(at: KernelClock.monotonic.now) {
        reports.append(.outageOver(number: request.number, lasted: time))
      }
    }
    return try reports + unseenEnd()
  }

  private func countedEvents(at now: Duration) throws(SystemCallError) -> [SandboxEvent] {
    guard counter != nil, let client else { return [] }
    let info = try client.descriptor.tcpInfo()
    return (counter?.look(at: info, now) ?? []).map {
      .event(number: request.number, Observation.Event($0, at: now - start))
    }
  }

  private func unseenEnd() throws(SystemCallError) -> [SandboxEvent] {
    let time = KernelClock.monotonic.now - start
    let seen = poller?.lastSeen ?? .zero
    guard trigger == nil, let next = poller?.next, next <= time,
      try poller?.look(at: time) ?? false
    else { return [] }
    return [
      .lastSeen(number: request.number, at: seen),
      .ended(number: request.number, errno: nil, after: KernelClock.monotonic.now - start),
    ]
  }
}
