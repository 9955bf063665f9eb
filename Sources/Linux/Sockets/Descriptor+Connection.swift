import Glibc
package import NetAddress

extension Descriptor {
  /// Binds to an address; port zero lets the kernel choose.
  package func bind(to address: Endpoint) throws(SystemCallError) {
    let socket = number
    try systemCall("bind", on: "\(address)") {
      address.withKernelAddress { Glibc.bind(socket, $0, $1) }
    }
  }

  /// Leaves by one interface alone (SO_BINDTODEVICE); since Linux 5.7 without rights.
  package func bind(toDevice name: String) throws(SystemCallError) {
    let socket = number
    try systemCall("setsockopt", on: "SO_BINDTODEVICE to \(name)") {
      setsockopt(socket, SOL_SOCKET, SO_BINDTODEVICE, name, socklen_t(name.utf8.count))
    }
  }

  /// Sends a FIN; the other direction stays open.
  package func shutDownSending() throws(SystemCallError) {
    let socket = number
    try systemCall("shutdown", on: "a socket") { shutdown(socket, CInt(SHUT_WR)) }
  }

  /// Bytes that have come and were not read (FIONREAD).
  package func unreadBytes() throws(SystemCallError) -> Int {
    let socket = number
    var count: CInt = 0
    try systemCall("ioctl", on: "FIONREAD") { ioctl(socket, UInt(FIONREAD), &count) }
    return Int(count)
  }

  /// Makes closing drop the connection without a word, as a crash does (TCP_REPAIR).
  ///
  /// Needs CAP_NET_ADMIN over the socket's network namespace.
  package func vanishOnClose() throws(SystemCallError) {
    try setOption(.tcp, 19, to: 1)  // TCP_REPAIR
  }

  /// Returns what epoll says of a socket right now.
  package func readiness() throws(SystemCallError) -> EpollEvents {
    let epoll = try Epoll()
    try epoll.add(self, for: [.input, .output, .peerClosed], token: 0)
    return try epoll.wait(for: .zero).first?.events ?? []
  }

  /// Returns a socket that sends ICMP messages; their checksum is the caller's.
  package static func messageSocket() throws(SystemCallError) -> Descriptor {
    let kind = CInt(SOCK_RAW.rawValue | SOCK_CLOEXEC.rawValue)
    return Descriptor(
      owning: try systemCall("socket", on: "ICMP") { socket(AF_INET, kind, CInt(IPPROTO_ICMP)) })
  }

  /// Sends one datagram.
  package func send(_ bytes: [UInt8], to address: Endpoint) throws(SystemCallError) {
    let socket = number
    try systemCall("sendto", on: "\(address)") {
      address.withKernelAddress { sendto(socket, bytes, bytes.count, 0, $0, $1) }
    }
  }
}
