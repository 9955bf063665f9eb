import Linux
import TCPModel

extension Attempt {
  /// A request that nobody goes on with. Its SYN comes from a port whose socket is deaf, or the host
  /// would answer the SYN-ACK with a reset.
  static func accept(_ live: LiveCase, in room: Room) throws(SystemCallError) -> Attempt {
    let deaf = try room.silentListener(live.socketFamily)
    let listener = try Listener.answering(live.socketFamily, with: live.options)
    guard let tap = room.tap(live.socketFamily) else { throw Self.needsTap(live) }
    let start = Clock.monotonic.now
    try LoneSYN(source: deaf.address, target: listener.address).send(through: tap.socket)
    return Attempt(
      live, peer: listener.socket, ends: Segment.Ends(from: listener.address, to: deaf.address),
      start: start, in: room,
      lookout: Lookout(
        from: listener.address, to: deaf.address, expecting: live.ends,
        in: try room.socketTable()))
  }
}
