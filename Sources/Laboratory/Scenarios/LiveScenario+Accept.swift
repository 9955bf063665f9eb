import Linux
import TCPModel

extension LiveScenario {
  /// A request that nobody goes on with. Its SYN comes from a port whose socket is deaf, or the host
  /// would answer the SYN-ACK with a reset.
  static let accept = LiveScenario(
    isOnWireAlone: true,
    arrange: { (request, testNamespace) throws(SystemCallError) in
      let deaf = try testNamespace.silentListener(request.socketFamily)
      let listener = try Listener.answering(request.socketFamily, with: request.options)
      guard let tap = testNamespace.tap(request.socketFamily) else { throw request.needsTap }
      let start = KernelClock.monotonic.now
      try LoneSYN(source: deaf.address, target: listener.address).send(through: tap.socket)
      return try LiveRun(
        unseen: request, peer: listener.socket, from: listener.address, to: deaf.address,
        start: start, in: testNamespace)
    },
    classify: { segment, _ in segment.isSYN && segment.isACK ? .synAck : nil })
}
