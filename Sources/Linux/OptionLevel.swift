import Glibc

/// The two levels of socket options that programs set here.
package enum OptionLevel: Sendable {
  case socket, tcp

  var number: CInt { self == .tcp ? CInt(IPPROTO_TCP) : SOL_SOCKET }
}

extension Descriptor {
  /// Sets an option of a level by its number; what the kernel refuses is told by errno.
  package func setOption(_ level: OptionLevel, _ number: CInt, to value: CInt)
    throws(SystemCallError)
  {
    try setOption(level.number, number, to: value)
  }

  /// Makes every write a segment of its own (TCP_NODELAY).
  package func sendAtOnce() throws(SystemCallError) { try setOption(.tcp, TCP_NODELAY, to: 1) }
}
