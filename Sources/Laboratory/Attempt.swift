import Linux
import TCPModel

/// One case being played: its sockets, and what was seen of it so far.
final class Attempt {
  let live: LiveCase
  let client: OpenSocket
  /// The accepted socket that stays silent; nil where there is only a listener.
  let peer: OpenSocket?
  /// When the scenario began, on the monotonic clock.
  let start: Duration
  /// The client's port and the listener's, by which its segments are known.
  let ends: Segment.Ends
  /// TCP_INFO from before the peer fell silent, where there was a connection.
  let statistics: TCPStatistics?
  /// When options are to be set that the program sets late; nil once they are.
  var optionsDue: Duration?
  private var track: WireTrack

  init(
    _ live: LiveCase, client: OpenSocket, peer: OpenSocket? = nil, to target: SocketAddress,
    start: Duration, sendsLossProbes: Bool, statistics: TCPStatistics? = nil
  ) throws(SystemCallError) {
    (self.live, self.client, self.peer) = (live, client, peer)
    (self.start, self.statistics) = (start, statistics)
    let own = try client.descriptor.localAddress()
    ends = Segment.Ends(isIPv6: own.family == .v6, source: own.port, destination: target.port)
    track = WireTrack(live.scenario, sendsLossProbes: sendsLossProbes)
  }

  /// The event a sighting is; nil when it is none.
  func event(_ sighting: PacketTap.Sighting) -> Observation.Event? {
    track.kind(of: sighting.segment).map {
      Observation.Event($0, at: max(.zero, sighting.time - start))
    }
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
      return .notPlayed(
        number: live.number, because: "a listener that should be silent has answered")
    }
    return nil
  }

  func setLateOptions() throws(SystemCallError) {
    optionsDue = nil
    try client.set(live.options)
  }
}
