import Linux
import Probes
import TCPModel

/// One case being played: its sockets, and what was seen of it so far.
final class Attempt {
  let live: LiveCase
  let client: OpenSocket
  /// The silent end of this case alone, an accepted socket or the listener of an outage; nil where
  /// there is only a listener for many.
  let peer: OpenSocket?
  /// When the scenario began, on the monotonic clock.
  let start: Duration
  /// The client's port and the listener's, by which its segments are known.
  let ends: Segment.Ends
  /// TCP_INFO from before the peer fell silent, where there was a connection.
  let info: TCPInfo?
  /// When options are to be set that the program sets late; nil once they are.
  var optionsDue: Duration?
  private var outage: Outage?
  /// When its last event was seen, on the monotonic clock.
  private var lastSent: Duration?
  private var track: WireTrack
  /// How segments are seen without a tap; nil where there is one.
  private var count: SegmentCount?

  init(
    _ live: LiveCase, client: OpenSocket, peer: OpenSocket? = nil, to target: SocketAddress,
    start: Duration, in room: Room, info: TCPInfo? = nil
  ) throws(SystemCallError) {
    (self.live, self.client, self.peer) = (live, client, peer)
    (self.start, self.info) = (start, info)
    let own = try client.descriptor.localAddress()
    ends = Segment.Ends(isIPv6: own.family == .v6, source: own.port, destination: target.port)
    // On an idle connection no time is worse than that of its first probe.
    outage = live.outage.map { Outage(lasting: $0, from: live.scenario == .idle ? nil : start) }
    let sendsLossProbes = room.sendsLossProbes
    track = WireTrack(live.scenario, sendsLossProbes: sendsLossProbes)
    if room.tap(own.family) == nil {
      count = SegmentCount(live.scenario, sendsLossProbes: sendsLossProbes, from: start)
    }
  }

  /// Whether its segments are counted instead of seen.
  var isCounted: Bool { count != nil }

  /// The event a sighting is; nil when it is none.
  func event(_ sighting: PacketTap.Sighting) -> Observation.Event? {
    guard let kind = track.kind(of: sighting.segment) else { return nil }
    lastSent = sighting.time
    outage?.begin(at: sighting.time)
    return Observation.Event(kind, at: max(.zero, sighting.time - start))
  }

  /// How it ended; nil when it goes on. Writable alone is no end: SO_ERROR decides.
  func outcome(_ events: EpollEvents, at now: Duration) throws(SystemCallError) -> Report? {
    if let error = try client.descriptor.pendingError() {
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

  /// How it ended when the peer sends something; nil when that is no end.
  func outcome(answeredBy segment: Segment) -> Report? {
    // That a connect has succeeded is for its socket to say.
    live.scenario == .connect || segment.isRST ? nil : outlived
  }

  /// That an answer came after the outage; nil before its end.
  private var outlived: Report? {
    guard let end = outage?.end else { return nil }
    return .outlived(number: live.number, resumedAfter: max(.zero, (lastSent ?? end) - end))
  }

  /// When there is something to do that no descriptor tells of; nil when there is nothing.
  var due: Duration? {
    var due = optionsDue
    for other in [outage?.due, count?.due] { due = Self.earlier(due, other) }
    return due
  }

  private static func earlier(_ one: Duration?, _ other: Duration?) -> Duration? {
    guard let one, let other else { return one ?? other }
    return min(one, other)
  }

  /// - Returns: what there is to tell of it.
  func doWhatIsDue(at now: Duration) throws(SystemCallError) -> [Report] {
    if let optionsDue, optionsDue <= now {
      self.optionsDue = nil
      try client.set(live.options)
    }
    var reports = try countedEvents(at: now)
    if let due = outage?.due, due <= now, let peer {
      try peer.descriptor.dropNothing()
      if let time = outage?.end(at: Clock.monotonic.now) {
        reports.append(.outageOver(number: live.number, lasted: time))
      }
    }
    return reports
  }

  private func countedEvents(at now: Duration) throws(SystemCallError) -> [Report] {
    guard let due = count?.due, due <= now else { return [] }
    let info = try client.descriptor.tcpInfo()
    return (count?.look(at: info, now) ?? []).map {
      .event(number: live.number, Observation.Event($0, at: now - start))
    }
  }
}
