import CLinux
import Glibc
package import NetAddress

extension Descriptor {
  /// Returns a TCP socket that never blocks and never leaks into a child process.
  package static func streamSocket(_ family: AddressFamily) throws(SystemCallError)
    -> Descriptor
  {
    let kind = CInt(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    return Descriptor(
      owning: try systemCall("socket", on: "TCP over \(family)") { socket(family.number, kind, 0) })
  }

  /// Listens on an address; port zero lets the kernel choose one.
  package func listen(on address: Endpoint, backlog: CInt) throws(SystemCallError) {
    let socket = number
    try systemCall("bind", on: "\(address)") {
      address.withKernelAddress { Glibc.bind(socket, $0, $1) }
    }
    try systemCall("listen", on: "\(address)") { Glibc.listen(socket, backlog) }
  }

  /// Returns a connection from the listener's queue; EAGAIN when it is empty.
  package func accept() throws(SystemCallError) -> Descriptor {
    let listener = number
    return Descriptor(
      owning: try wrappedCall("accept", on: "a listener") { clinux_accept(listener) })
  }

  /// Returns the address a socket is bound to.
  package func localAddress() throws(SystemCallError) -> Endpoint {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let socket = number
    try systemCall("getsockname", on: "a socket") {
      withUnsafeMutablePointer(to: &storage) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(socket, $0, &length) }
      }
    }
    guard let address = Endpoint(storage, length: length) else {
      throw SystemCallError(call: "getsockname", subject: "a socket", code: .invalidArgument)
    }
    return address
  }

  /// Waits until there is something to read or an error, for `timeout` at most.
  package func waitUntilReadable(for timeout: Duration) throws(SystemCallError) -> Bool {
    var entry = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
    do throws(SystemCallError) {
      let milliseconds = Epoll.milliseconds(timeout)
      return try systemCall("poll", on: "a socket", again: false) {
        poll(&entry, 1, milliseconds)
      } > 0
    } catch  where error.code == .interrupted {
      return false
    }
  }
}
