import Linux
import TCPModel

extension LiveScenario {
  /// Who closes first keeps the connection, from the peer's FIN on.
  static let timeWait = LiveScenario(
    isOnWireAlone: true,
    arrange: { (request, testNamespace) throws(SystemCallError) in
      var pair = try ClosingPair(request, in: testNamespace)
      pair.close()
      guard try pair.peer.descriptor.waitUntilReadable(for: .seconds(1)) else {
        throw SystemCallError(call: "poll", subject: "a FIN", code: .timedOut)
      }
      let start = KernelClock.monotonic.now
      try pair.peer.descriptor.shutDownSending()
      return try pair.run(of: request, from: start, in: testNamespace)
    })
}
