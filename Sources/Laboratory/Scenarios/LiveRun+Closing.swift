import Linux
import Observations
import Probes
import TCPModel

/// Connections that no program holds any more: their end is looked for.
extension LiveRun {
  static func close(_ live: RunRequest, in testNamespace: TestNamespace) throws(SystemCallError)
    -> LiveRun
  {
    var pair = try ClosingPair(live, in: testNamespace)
    try pair.peer.descriptor.dropEverything()
    let start = KernelClock.monotonic.now
    for _ in 0..<live.segments { try pair.write() }
    pair.close()
    return try LiveRun(live, pair, start: start, in: testNamespace)
  }

  /// The peer's process never closes; its kernel acknowledges.
  static func finWait(_ live: RunRequest, in testNamespace: TestNamespace) throws(SystemCallError)
    -> LiveRun
  {
    var pair = try ClosingPair(live, in: testNamespace)
    let start = KernelClock.monotonic.now
    pair.close()
    return try LiveRun(live, pair, start: start, in: testNamespace)
  }

  /// Who closes first keeps the connection, from the peer's FIN on.
  static func timeWait(_ live: RunRequest, in testNamespace: TestNamespace) throws(SystemCallError)
    -> LiveRun
  {
    var pair = try ClosingPair(live, in: testNamespace)
    pair.close()
    guard try pair.peer.descriptor.waitUntilReadable(for: .seconds(1)) else {
      throw SystemCallError(call: "poll", subject: "a FIN", code: .timedOut)
    }
    let start = KernelClock.monotonic.now
    try pair.peer.descriptor.shutDownSending()
    return try LiveRun(live, pair, start: start, in: testNamespace)
  }
}

extension LiveRun {
  fileprivate convenience init(
    _ live: RunRequest, _ pair: ClosingPair, start: Duration, in testNamespace: TestNamespace
  ) throws(SystemCallError) {
    let poller = SocketPoller(
      from: pair.local, to: pair.remote, expecting: live.ends, in: try testNamespace.socketTable())
    self.init(
      live, peer: pair.peer, ends: Segment.Ends(from: pair.local, to: pair.remote), start: start,
      in: testNamespace, info: pair.info, poller: poller)
  }
}

/// A connection whose near end is to be closed in an orderly way.
struct ClosingPair {
  let peer: SharedSocket
  let local, remote: SocketAddress
  let info: TCPInfo
  private var client: SharedSocket?

  init(_ live: RunRequest, in testNamespace: TestNamespace) throws(SystemCallError) {
    let listener = try testNamespace.answeringListener(live.socketFamily)
    let client = SharedSocket(asItIs: try Descriptor.streamSocket(live.socketFamily))
    try client.set(live.options)
    try client.descriptor.sendAtOnce()
    try client.startConnecting(to: listener.address)
    peer = try listener.accept()
    (local, remote) = (try client.descriptor.localAddress(), listener.address)
    info = try client.descriptor.tcpInfo()
    self.client = client
  }

  func write() throws(SystemCallError) {
    guard let client else { return }
    try DescriptorIO.writeAll([UInt8(0)], to: client.descriptor.number, "\(remote)")
  }

  /// The last one to hold it closes it.
  mutating func close() { client = nil }
}
