import Linux
import Observations
import TCPModel

extension LiveScenario {
  /// The listener is silent.
  static let connect = LiveScenario(
    worksOnHost: true, isDecidedWhenWritable: true,
    arrange: { (request, testNamespace) throws(SystemCallError) in
      let client = try request.client()
      let listener = try silentListener(for: request, in: testNamespace)
      let start = KernelClock.monotonic.now
      try client.startConnecting(to: listener.address)
      return try LiveRun(
        request, client: client, peer: request.outage == nil ? nil : listener.socket,
        to: listener.address, start: start, in: testNamespace)
    },
    classify: { segment, seen in
      segment.isSYN ? seen.initial == nil ? .syn : .retransmission : nil
    },
    // A SYN's timer is the timeout that TCP_INFO shows, and never fires early.
    counting: .init(opening: .syn, timeout: \.retransmissionTimeout))

  /// A listener that answers again some time must be the run's own.
  private static func silentListener(for request: RunRequest, in testNamespace: TestNamespace)
    throws(SystemCallError) -> Listener
  {
    guard request.outage != nil else {
      return try testNamespace.silentListener(request.socketFamily)
    }
    let listener = try Listener.answering(request.socketFamily)
    try listener.socket.descriptor.dropEverything()
    return listener
  }
}
