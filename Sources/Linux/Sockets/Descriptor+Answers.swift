import CLinux
import Glibc
package import NetAddress

/// Calls whose errno is what one wants to know; nil is success.
extension Descriptor {
  /// Returns what a `connect` that waits says; SIGALRM, without SA_RESTART, cuts it short after
  /// `time`.
  package func tryConnect(to address: Endpoint, untilAlarmAfter time: Duration)
    throws(SystemCallError) -> Errno?
  {
    let socket = number
    try setBlocking(true)
    let answer = refusal { () throws(SystemCallError) in
      _ = try wrappedCall("connect", on: "\(address)", again: false) {
        address.withKernelAddress {
          clinux_connect_until_alarm(socket, $0, $1, Int(time.saturatingNanoseconds / 1000))
        }
      }
    }
    try setBlocking(false)
    return answer
  }

  /// Returns what `connect` with AF_UNSPEC says, which drops the connection and keeps the socket.
  package func tryDisconnect() -> Errno? {
    let socket = number
    var nowhere = sockaddr()
    nowhere.sa_family = sa_family_t(AF_UNSPEC)
    return refusal { () throws(SystemCallError) in
      _ = try systemCall("connect", on: "AF_UNSPEC", again: false) {
        Glibc.connect(socket, &nowhere, socklen_t(MemoryLayout<sockaddr>.size))
      }
    }
  }

  /// Returns what sending one byte says.
  package func trySend() -> Errno? {
    let socket = number
    var byte: UInt8 = 0
    return refusal { () throws(SystemCallError) in
      _ = try systemCall("send", on: "a socket") {
        Glibc.send(socket, &byte, 1, CInt(MSG_NOSIGNAL))
      }
    }
  }

  /// Returns what receiving says: how many bytes, or why none.
  package func receiveSome() -> (count: Int, Errno?) {
    let socket = number
    var bytes = [UInt8](repeating: 0, count: 64)
    do throws(SystemCallError) {
      return (try systemCall("recv", on: "a socket") { recv(socket, &bytes, 64, 0) }, nil)
    } catch {
      return (0, error.code)
    }
  }

  private func refusal(_ call: () throws(SystemCallError) -> Void) -> Errno? {
    do throws(SystemCallError) { try call() } catch { return error.code }
    return nil
  }

  private func setBlocking(_ blocks: Bool) throws(SystemCallError) {
    let socket = number
    let flags = try systemCall("fcntl", on: "F_GETFL") { fcntl(socket, F_GETFL) }
    try systemCall("fcntl", on: "F_SETFL") {
      fcntl(socket, F_SETFL, blocks ? flags & ~O_NONBLOCK : flags | O_NONBLOCK)
    }
  }
}
