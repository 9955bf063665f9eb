import Linux
import TCPModel

extension LiveScenario {
  /// The peer's process never closes; its kernel acknowledges, and that begins it.
  static let finWait = LiveScenario(
    isOnWireAlone: true,
    arrange: { (request, testNamespace) throws(SystemCallError) in
      var pair = try ClosingPair(request, in: testNamespace)
      let start = KernelClock.monotonic.now
      pair.close()
      return try pair.run(of: request, from: start, in: testNamespace)
    },
    trigger: { _ in StartTrigger { _ in true } })
}
