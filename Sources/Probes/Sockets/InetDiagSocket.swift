package import Linux
package import NetAddress
package import Observations
import TCPModel

/// A TCP socket as the kernel's socket table has it (`struct inet_diag_msg`), with or without an owner.
package struct InetDiagSocket: Sendable {
  /// What the kernel waits for on its behalf.
  package enum Timer: UInt8, Sendable {
    /// The retransmission timer, or the loss probe or reordering timer in its place; of a handshake the
    /// listener has answered, the next SYN-ACK.
    case retransmission = 1
    /// The keepalive timer, which FIN-WAIT-2 without an owner uses too.
    case keepalive = 2
    /// TIME-WAIT, or the time-wait-like part of FIN-WAIT-2.
    case timeWait = 3
    case zeroWindowProbe = 4
  }

  package let state: TCPState
  package let local, remote: Endpoint
  /// Nil if no timer runs.
  package let timer: Timer?
  /// Until the timer fires; nil if no timer runs.
  package let timerRemaining: Duration?
  /// Timeouts or probes so far, whichever the timer counts; of a handshake the SYN-ACKs sent again,
  /// also those that a repeated SYN asked for.
  package let retransmissions: Int
  /// Bytes to be read and bytes not acknowledged; of a listener, connections to be accepted and how
  /// many there may be.
  package let receiveQueue, sendQueue: Int
  /// The user who made it; 0 where the kernel does not keep that, as for TIME-WAIT.
  package let user: UInt32
  /// Of the open file, as `/proc/PID/fd` names it; 0 when no process has it open.
  package let inode: UInt32
  /// The index of the link that it is bound to; 0 for any.
  package let link: UInt32
  /// Names this very socket as long as the kernel runs.
  package let cookie: UInt64
  /// Nil for handshakes, TIME-WAIT and listeners, of which the kernel tells nothing more.
  package let info: TCPInfo?

  private static let fixedPart = 72
  private static let infoAttribute: UInt16 = 2  // INET_DIAG_INFO

  /// Reads what answers a SOCK_DIAG_BY_FAMILY request; nil for anything else.
  package init?(_ message: NetlinkMessage) {
    let bytes = message.payload
    guard let state = bytes.uint8(at: 1).flatMap(TCPState.init(rawValue:)),
      let local = Endpoint(diagnosed: bytes, port: 4, address: 8),
      let remote = Endpoint(diagnosed: bytes, port: 6, address: 24),
      let timer = bytes.uint8(at: 2), let retransmissions = bytes.uint8(at: 3),
      let link = bytes.uint32(at: 40), let cookie = bytes.uint64(at: 44),
      let expires = bytes.uint32(at: 52), let receiveQueue = bytes.uint32(at: 56),
      let sendQueue = bytes.uint32(at: 60), let user = bytes.uint32(at: 64),
      let inode = bytes.uint32(at: 68)
    else { return nil }
    (self.state, self.local, self.remote) = (state, local, remote)
    self.timer = Timer(rawValue: timer)
    timerRemaining = self.timer.map { _ in .milliseconds(expires) }
    self.retransmissions = Int(retransmissions)
    (self.receiveQueue, self.sendQueue) = (Int(receiveQueue), Int(sendQueue))
    (self.user, self.inode, self.link, self.cookie) = (user, inode, link, cookie)
    let info = NetlinkAttributes(of: message, after: Self.fixedPart)[type: Self.infoAttribute]
    self.info = state == .listen ? nil : info.map(TCPInfo.init(kernel:))
  }
}

extension Endpoint {
  /// Reads one end of `struct inet_diag_sockid` in a `struct inet_diag_msg`.
  fileprivate init?(diagnosed bytes: ArraySlice<UInt8>, port: Int, address: Int) {
    guard let family = bytes.uint8(at: 0), let port = bytes.uint16(at: port),
      let link = bytes.uint32(at: 40),
      let own = bytes.bytes(at: address, count: CInt(family) == AddressFamily.v4.number ? 4 : 16),
      CInt(family) == AddressFamily.v4.number || CInt(family) == AddressFamily.v6.number
    else { return nil }
    let isLinkLocal = own.count == 16 && own.starts(with: [0xfe, 0x80])
    self.init(
      bytes: Array(own), port: UInt16(bigEndian: port), scope: isLinkLocal ? link : 0)
  }
}
