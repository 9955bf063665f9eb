import Linux
import TCPModel

extension LiveRun {
  /// A request that nobody goes on with. Its SYN comes from a port whose socket is deaf, or the host
  /// would answer the SYN-ACK with a reset.
  static func accept(_ live: RunRequest, in testNamespace: TestNamespace) throws(SystemCallError)
    -> LiveRun
  {
    let deaf = try testNamespace.silentListener(live.socketFamily)
    let listener = try Listener.answering(live.socketFamily, with: live.options)
    guard let tap = testNamespace.tap(live.socketFamily) else { throw Self.needsTap(live) }
    let start = KernelClock.monotonic.now
    try LoneSYN(source: deaf.address, target: listener.address).send(through: tap.socket)
    return LiveRun(
      live, peer: listener.socket, ends: Segment.Ends(from: listener.address, to: deaf.address),
      start: start, in: testNamespace,
      poller: SocketPoller(
        from: listener.address, to: deaf.address, expecting: live.ends,
        in: try testNamespace.socketTable()))
  }
}
