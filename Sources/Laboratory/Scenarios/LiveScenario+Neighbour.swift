import Linux
import TCPModel

extension LiveScenario {
  /// Its frames are seen at the far end of the link.
  static let neighbour = LiveScenario(
    takesUnansweredLink: true,
    arrange: { (request, testNamespace) throws(SystemCallError) in
      let client = try request.client()
      guard let link = try testNamespace.link?.get(), let target = link.target(of: request) else {
        throw request.needsTap
      }
      if request.entry == .stale { try link.remember(target) }
      let start = KernelClock.monotonic.now
      try client.startConnecting(to: target)
      let run = try LiveRun(request, client: client, to: target, start: start, in: testNamespace)
      link.add(run)
      return run
    },
    classifyFrame: { frame, seen, _ in
      if frame.kind == .question { return .neighbourProbe }
      return seen.frames == 0 ? .syn : .retransmission
    })
}
