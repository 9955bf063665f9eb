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
    })
}

extension SegmentClassifier {
  /// Returns the kind of event a frame to a neighbour is.
  mutating func kind(of frame: Frame) -> Timeline.EventKind {
    if frame.kind == .question { return .neighbourProbe }
    defer { seen.isRepeated = true }
    return seen.isRepeated ? .retransmission : .syn
  }
}
