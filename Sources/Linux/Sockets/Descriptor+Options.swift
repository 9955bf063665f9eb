import Glibc

extension Descriptor {
  /// Reads a whole-number socket option.
  package func option(_ level: CInt, _ number: CInt) throws(SystemCallError) -> CInt {
    var value: CInt = 0
    var length = socklen_t(MemoryLayout<CInt>.size)
    let socket = self.number
    try systemCall("getsockopt", on: "option \(number) of level \(level)") {
      getsockopt(socket, level, number, &value, &length)
    }
    return value
  }

  /// Sets a whole-number socket option.
  package func setOption(_ level: CInt, _ number: CInt, to value: CInt) throws(SystemCallError) {
    let socket = self.number
    var value = value
    try systemCall("setsockopt", on: "option \(number) of level \(level) to \(value)") {
      setsockopt(socket, level, number, &value, socklen_t(MemoryLayout<CInt>.size))
    }
  }

  /// `struct tcp_info` of a TCP socket, as long as this kernel has it.
  package func tcpInfoBytes() throws(SystemCallError) -> [UInt8] {
    // Linux 6.18 has 280 bytes; a longer one is cut, which is how a newer kernel is read.
    var bytes = [UInt8](repeating: 0, count: 512)
    var length = socklen_t(bytes.count)
    let socket = number
    try systemCall("getsockopt", on: "TCP_INFO") {
      getsockopt(socket, CInt(IPPROTO_TCP), TCP_INFO, &bytes, &length)
    }
    bytes.removeLast(max(0, bytes.count - Int(length)))
    return bytes
  }

  /// Returns the error that ended or kept the socket's connection (SO_ERROR); reading it takes it
  /// away.
  package func pendingError() throws(SystemCallError) -> Errno? {
    let code = try option(SOL_SOCKET, SO_ERROR)
    return code == 0 ? nil : Errno(rawValue: code)
  }

  /// Makes closing drop the connection at once and leave no orphan behind (SO_LINGER 0).
  package func dropOnClose() throws(SystemCallError) {
    let socket = number
    var value = linger(l_onoff: 1, l_linger: 0)
    try systemCall("setsockopt", on: "SO_LINGER") {
      setsockopt(socket, SOL_SOCKET, SO_LINGER, &value, socklen_t(MemoryLayout<linger>.size))
    }
  }
}
