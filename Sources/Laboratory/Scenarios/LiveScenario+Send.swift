import Linux
import Observations
import Probes
import TCPModel

extension LiveScenario {
  /// The peer falls silent before data is written, or a device has forgotten the connection.
  static let send = LiveScenario(
    arrange: { (request, testNamespace) throws(SystemCallError) in
      let client = try request.client()
      let listener = try testNamespace.answeringListener(request.socketFamily)
      try client.descriptor.sendAtOnce()
      try client.startConnecting(to: listener.address)
      let peer = try listener.accept()
      let info = try client.descriptor.tcpInfo()
      if request.box == nil { try peer.descriptor.dropEverything() }
      let run = try LiveRun(
        request, client: client, peer: peer, to: listener.address,
        start: KernelClock.monotonic.now, in: testNamespace, info: info)
      try run.placeBox(in: testNamespace)
      if let box = request.box { run.beginDue = run.start + box.memory } else { try run.write() }
      return run
    },
    begun: { (run, _) throws(SystemCallError) in try run.write() },
    classify: { segment, seen in segment.length > 0 ? seen.kind(ofData: segment) : nil },
    counting: .init(countsLossProbes: true))
}

extension LiveRun {
  /// Writes so many bytes as segments are to be in flight, each a segment of its own.
  func write() throws(SystemCallError) {
    guard let client else { return }
    for _ in 0..<request.segments {
      try DescriptorIO.writeAll([UInt8(0)], to: client.descriptor.number, "a connection")
    }
  }
}
