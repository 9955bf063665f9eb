package import NetAddress

/// A TCP socket as the kernel's socket table has it (`struct inet_diag_msg`), with or without an
/// owner.
package struct InetDiagSocket: Sendable {
  /// What the kernel waits for on its behalf.
  package enum Timer: UInt8, CaseIterable, Sendable {
    /// The retransmission timer, or the loss probe or reordering timer in its place; of a handshake the
    /// listener has answered, the next SYN-ACK.
    case retransmission = 1
    /// The keepalive timer, which FIN-WAIT-2 without an owner uses too.
    case keepalive = 2
    /// TIME-WAIT, or the time-wait-like part of FIN-WAIT-2.
    case timeWait = 3
    case zeroWindowProbe = 4

    /// As `ss` and outputs for programs spell it.
    package var name: String {
      switch self {
      case .retransmission: "retransmission"
      case .keepalive: "keepalive"
      case .timeWait: "time-wait"
      case .zeroWindowProbe: "zero-window-probe"
      }
    }
  }

  package var state: TCPState
  package var local, remote: Endpoint
  /// Nil if no timer runs.
  package var timer: Timer?
  /// Until the timer fires; nil if no timer runs.
  @TCPInfo.Milliseconds package var timerRemaining: Duration?
  /// Timeouts or probes so far, whichever the timer counts; of a handshake the SYN-ACKs sent again,
  /// also those that a repeated SYN asked for.
  package var retransmissions = 0
  /// Bytes to be read and bytes not acknowledged; of a listener, connections to be accepted and how
  /// many there may be.
  package var receiveQueue = 0, sendQueue = 0
  /// The user who made it; 0 where the kernel does not keep that, as for TIME-WAIT.
  package var user: UInt32 = 0
  /// Of the open file, as `/proc/PID/fd` names it; 0 when no process has it open.
  package var inode: UInt32 = 0
  /// The index of the link that it is bound to; 0 for any.
  package var link: UInt32 = 0
  /// Names this very socket as long as the kernel runs.
  package var cookie: UInt64 = 0
  /// Nil for handshakes, TIME-WAIT and listeners, of which the kernel tells nothing more.
  package var info: TCPInfo?
  /// Nil where the kernel was not asked.
  package var congestionControl: String?
  /// How many bytes it may hold that were received and not read (SO_RCVBUF as it reads back), and
  /// that were written and not acknowledged (SO_SNDBUF); nil where the kernel was not asked.
  @TCPInfo.Count package var receiveBuffer: Int?
  @TCPInfo.Count package var sendBuffer: Int?
  /// The protocol on top that the kernel itself speaks, such as `tls` or `mptcp`; nil if there is
  /// none.
  package var upperLayer: String?

  package init(_ state: TCPState, from local: Endpoint, to remote: Endpoint) {
    (self.state, self.local, self.remote) = (state, local, remote)
  }
}
