import Linux
import TCPModel

extension LiveScenario {
  /// A peer that does not read. It begins with the acknowledgement that closes its window, late by a
  /// delayed ACK, or with its answer to a probe.
  static let zeroWindow = LiveScenario(
    isOnWireAlone: true,
    arrange: { (request, testNamespace) throws(SystemCallError) in
      let client = try request.client()
      let listener = try Listener.narrow(request.socketFamily)
      try client.descriptor.limitSendBuffer(to: 65_536)
      try client.startConnecting(to: listener.address)
      let peer = try listener.accept()
      let start = KernelClock.monotonic.now
      try fill(client.descriptor.number, "\(listener.address)")
      return try LiveRun(
        request, client: client, peer: peer, to: listener.address, start: start, in: testNamespace)
    },
    trigger: { request in
      let probes = if case .diesAnswering(let probe) = request.receiverFate { probe } else { 0 }
      return StartTrigger(after: probes) { $0.window == 0 }
    },
    begun: { (run, time) throws(SystemCallError) in
      switch run.request.receiverFate {
      case .dies(let wait) where wait > .zero: run.peerDeathDue = time + wait
      case .dies, .diesAtWorstMoment, .diesAnswering: try run.peer?.descriptor.dropEverything()
      case .survives: break
      }
    },
    classify: { segment, seen in seen.isProbe(segment) ? .windowProbe : nil })

  /// Writes until the socket takes no more.
  private static func fill(_ socket: CInt, _ subject: String) throws(SystemCallError) {
    while true {
      var bytes = [UInt8](repeating: 0, count: 65_536)[...]
      _ = try DescriptorIO.writeSome(&bytes, to: socket, subject)
      if !bytes.isEmpty { return }
    }
  }
}

extension SegmentClassifier.Seen {
  /// A probe is empty and repeats the last byte that was acknowledged
  /// (`tcp_xmit_probe_skb`).
  fileprivate func isProbe(_ segment: Segment) -> Bool {
    segment.length == 0 && highest.map { segment.sequence == $0 &- 1 } ?? false
  }
}
