import Linux
import TCPModel

extension LiveRun {
  /// A peer that does not read. It begins with the acknowledgement that closes its window, late by a
  /// delayed ACK.
  static func zeroWindow(
    _ live: RunRequest, _ client: SharedSocket, in testNamespace: TestNamespace
  )
    throws(SystemCallError) -> LiveRun
  {
    let listener = try Listener.narrow(live.socketFamily)
    try client.descriptor.limitSendBuffer(to: 65_536)
    try client.startConnecting(to: listener.address)
    let peer = try listener.accept()
    let start = KernelClock.monotonic.now
    try fill(client.descriptor.number, "\(listener.address)")
    return try LiveRun(
      live, client: client, peer: peer, to: listener.address, start: start, in: testNamespace)
  }

  /// Writes until the socket takes no more.
  private static func fill(_ socket: CInt, _ subject: String) throws(SystemCallError) {
    while true {
      var bytes = [UInt8](repeating: 0, count: 65_536)[...]
      _ = try DescriptorIO.writeSome(&bytes, to: socket, subject)
      if !bytes.isEmpty { return }
    }
  }
}
