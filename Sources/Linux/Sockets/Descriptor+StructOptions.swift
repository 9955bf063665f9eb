import Glibc

/// Socket options that are structs.
extension Descriptor {
  /// Returns how long closing waits for what was sent (SO_LINGER), in seconds; nil if it does not.
  package func lingerTime() throws(SystemCallError) -> CInt? {
    let socket = number
    var value = linger()
    var length = socklen_t(MemoryLayout<linger>.size)
    try systemCall("getsockopt", on: "SO_LINGER") {
      getsockopt(socket, SOL_SOCKET, SO_LINGER, &value, &length)
    }
    return value.l_onoff == 0 ? nil : value.l_linger
  }

  package func setLingerTime(_ seconds: CInt?) throws(SystemCallError) {
    let socket = number
    var value = linger(l_onoff: seconds == nil ? 0 : 1, l_linger: seconds ?? 0)
    try systemCall("setsockopt", on: "SO_LINGER") {
      setsockopt(socket, SOL_SOCKET, SO_LINGER, &value, socklen_t(MemoryLayout<linger>.size))
    }
  }

  /// Returns what names the socket as long as the kernel runs (SO_COOKIE, Linux 4.12), as the socket
  /// table does.
  package func cookie() throws(SystemCallError) -> UInt64 {
    let socket = number
    var value: UInt64 = 0
    var length = socklen_t(MemoryLayout<UInt64>.size)
    try systemCall("getsockopt", on: "SO_COOKIE") {
      getsockopt(socket, SOL_SOCKET, 57, &value, &length)
    }
    return value
  }

  /// Returns a time limit (SO_RCVTIMEO, SO_SNDTIMEO) in microseconds; zero is none.
  package func timeLimit(_ option: CInt) throws(SystemCallError) -> Int {
    let socket = number
    // struct timeval: seconds and microseconds.
    var value = [0, 0]
    var length = socklen_t(2 * MemoryLayout<Int>.size)
    try systemCall("getsockopt", on: "option \(option)") {
      getsockopt(socket, SOL_SOCKET, option, &value, &length)
    }
    return value[0] * 1_000_000 + value[1]
  }

  /// Returns how long a receiving call blocks, in microseconds; zero is for ever.
  package func receiveTimeLimit() throws(SystemCallError) -> Int { try timeLimit(SO_RCVTIMEO) }

  /// Returns how long a sending call blocks, in microseconds; zero is for ever.
  package func sendTimeLimit() throws(SystemCallError) -> Int { try timeLimit(SO_SNDTIMEO) }

  /// Returns whether small segments leave at once (TCP_NODELAY).
  package func sendsAtOnce() throws(SystemCallError) -> Bool {
    try option(CInt(IPPROTO_TCP), TCP_NODELAY) != 0
  }

  package func setTimeLimit(_ option: CInt, to microseconds: Int) throws(SystemCallError) {
    let socket = number
    let (seconds, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
    let value = [seconds, rest]
    try systemCall("setsockopt", on: "option \(option)") {
      setsockopt(socket, SOL_SOCKET, option, value, socklen_t(2 * MemoryLayout<Int>.size))
    }
  }
}
