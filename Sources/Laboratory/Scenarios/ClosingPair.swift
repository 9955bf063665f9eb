import Linux
import NetAddress
import Observations
import Probes
import TCPModel

/// A connection whose near end is to be closed in an orderly way; no program holds it any more then.
struct ClosingPair {
  let peer: SharedSocket
  private let local, remote: Endpoint
  private let info: TCPInfo
  private var client: SharedSocket?

  init(_ request: RunRequest, in testNamespace: TestNamespace) throws(SystemCallError) {
    let listener = try testNamespace.answeringListener(request.socketFamily)
    let client = SharedSocket(asItIs: try Descriptor.streamSocket(request.socketFamily))
    try client.set(request.options)
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

  func run(of request: RunRequest, from start: Duration, in testNamespace: TestNamespace)
    throws(SystemCallError) -> LiveRun
  {
    try LiveRun(
      unseen: request, peer: peer, from: local, to: remote, start: start, in: testNamespace,
      info: info)
  }
}
