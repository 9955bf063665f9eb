import Linux
import Observations
import Probes
import TCPModel

extension LiveScenario {
  /// The peer falls silent before data is written.
  static let send = LiveScenario(
    arrange: { (request, testNamespace) throws(SystemCallError) in
      let client = try request.client()
      let listener = try testNamespace.answeringListener(request.socketFamily)
      try client.descriptor.sendAtOnce()
      try client.startConnecting(to: listener.address)
      let peer = try listener.accept()
      let info = try client.descriptor.tcpInfo()
      try peer.descriptor.dropEverything()
      let start = KernelClock.monotonic.now
      for _ in 0..<request.segments {
        try DescriptorIO.writeAll([UInt8(0)], to: client.descriptor.number, "\(listener.address)")
      }
      return try LiveRun(
        request, client: client, peer: peer, to: listener.address, start: start,
        in: testNamespace, info: info)
    },
    classify: { segment, seen in segment.length > 0 ? seen.kind(ofData: segment) : nil },
    counting: .init(countsLossProbes: true))
}
