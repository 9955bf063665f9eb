import Linux
import TCPModel

extension Attempt {
  /// A peer that does not read. It begins with the acknowledgement that closes its window, late by a
  /// delayed ACK.
  static func zeroWindow(_ live: LiveCase, _ client: OpenSocket, in room: Room)
    throws(SystemCallError) -> Attempt
  {
    let listener = try Listener.narrow(live.socketFamily)
    try client.descriptor.limitSendBuffer(to: 65_536)
    try client.startConnecting(to: listener.address)
    let peer = try listener.accept()
    let start = Clock.monotonic.now
    try fill(client.descriptor.number, "\(listener.address)")
    return try Attempt(
      live, client: client, peer: peer, to: listener.address, start: start, in: room)
  }

  /// Writes until the socket takes no more.
  private static func fill(_ socket: CInt, _ subject: String) throws(SystemCallError) {
    while true {
      var bytes = [UInt8](repeating: 0, count: 65_536)[...]
      _ = try Transfer.writeSome(&bytes, to: socket, subject)
      if !bytes.isEmpty { return }
    }
  }
}
