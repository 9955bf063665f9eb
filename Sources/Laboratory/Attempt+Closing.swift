import Linux
import Probes
import TCPModel

/// Connections that no program holds any more: their end is looked for.
extension Attempt {
  static func close(_ live: LiveCase, in room: Room) throws(SystemCallError) -> Attempt {
    var pair = try ClosingPair(live, in: room)
    try pair.peer.descriptor.dropEverything()
    let start = Clock.monotonic.now
    for _ in 0..<live.segments { try pair.write() }
    pair.close()
    return try Attempt(live, pair, start: start, in: room)
  }

  /// The peer's process never closes; its kernel acknowledges.
  static func finWait(_ live: LiveCase, in room: Room) throws(SystemCallError) -> Attempt {
    var pair = try ClosingPair(live, in: room)
    let start = Clock.monotonic.now
    pair.close()
    return try Attempt(live, pair, start: start, in: room)
  }

  /// Who closes first keeps the connection, from the peer's FIN on.
  static func timeWait(_ live: LiveCase, in room: Room) throws(SystemCallError) -> Attempt {
    var pair = try ClosingPair(live, in: room)
    pair.close()
    guard try pair.peer.descriptor.waitUntilReadable(for: .seconds(1)) else {
      throw SystemCallError(call: "poll", subject: "a FIN", code: .timedOut)
    }
    let start = Clock.monotonic.now
    try pair.peer.descriptor.shutDownSending()
    return try Attempt(live, pair, start: start, in: room)
  }
}

extension Attempt {
  fileprivate convenience init(
    _ live: LiveCase, _ pair: ClosingPair, start: Duration, in room: Room
  ) throws(SystemCallError) {
    let lookout = Lookout(
      from: pair.local, to: pair.remote, expecting: live.ends, in: try room.socketTable())
    self.init(
      live, peer: pair.peer, ends: Segment.Ends(from: pair.local, to: pair.remote), start: start,
      in: room, info: pair.info, lookout: lookout)
  }
}

/// A connection whose near end is to be closed in an orderly way.
struct ClosingPair {
  let peer: OpenSocket
  let local, remote: SocketAddress
  let info: TCPInfo
  private var client: OpenSocket?

  init(_ live: LiveCase, in room: Room) throws(SystemCallError) {
    let listener = try room.answeringListener(live.socketFamily)
    let client = OpenSocket(asItIs: try Descriptor.streamSocket(live.socketFamily))
    try client.set(live.options)
    try client.descriptor.sendAtOnce()
    try client.startConnecting(to: listener.address)
    peer = try listener.accept()
    (local, remote) = (try client.descriptor.localAddress(), listener.address)
    info = try client.descriptor.tcpInfo()
    self.client = client
  }

  func write() throws(SystemCallError) {
    guard let client else { return }
    try Transfer.writeAll([UInt8(0)], to: client.descriptor.number, "\(remote)")
  }

  /// The last one to hold it closes it.
  mutating func close() { client = nil }
}
