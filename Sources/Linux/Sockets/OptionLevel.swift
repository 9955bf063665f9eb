import Glibc

/// The levels of socket options that programs set here.
package enum OptionLevel: Sendable {
  case socket, tcp, ip

  package var number: CInt {
    switch self {
    case .socket: SOL_SOCKET
    case .tcp: CInt(IPPROTO_TCP)
    case .ip: CInt(IPPROTO_IP)
    }
  }
}

extension Descriptor {
  /// Sets an option of a level by its number; what the kernel refuses is an error with its errno.
  package func setOption(_ level: OptionLevel, _ number: CInt, to value: CInt)
    throws(SystemCallError)
  {
    try setOption(level.number, number, to: value)
  }

  /// Makes every write a segment of its own (TCP_NODELAY).
  package func sendAtOnce() throws(SystemCallError) { try setOption(.tcp, TCP_NODELAY, to: 1) }

  /// SO_RCVBUF; the kernel doubles it.
  package func limitReceiveBuffer(to bytes: CInt) throws(SystemCallError) {
    try setOption(.socket, SO_RCVBUF, to: bytes)
  }

  /// SO_SNDBUF; the kernel doubles it.
  package func limitSendBuffer(to bytes: CInt) throws(SystemCallError) {
    try setOption(.socket, SO_SNDBUF, to: bytes)
  }
}
