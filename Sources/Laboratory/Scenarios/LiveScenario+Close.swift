import Linux
import TCPModel

extension LiveScenario {
  /// The peer falls silent before data and FIN are sent.
  static let close = LiveScenario(
    isOnWireAlone: true,
    arrange: { (request, testNamespace) throws(SystemCallError) in
      var pair = try ClosingPair(request, in: testNamespace)
      try pair.peer.descriptor.dropEverything()
      let start = KernelClock.monotonic.now
      for _ in 0..<request.segments { try pair.write() }
      pair.close()
      return try pair.run(of: request, from: start, in: testNamespace)
    },
    classify: { segment, seen in segment.sequenceLength > 0 ? seen.kind(ofData: segment) : nil })
}
