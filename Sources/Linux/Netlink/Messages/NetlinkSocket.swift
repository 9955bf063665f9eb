import CLinux
import Glibc

/// A socket to the kernel alone, in the network namespace it was made in.
package struct NetlinkSocket: ~Copyable {
  package enum Family: CInt, Sendable {
    case route = 0  // NETLINK_ROUTE
    case sockDiag = 4  // NETLINK_SOCK_DIAG
  }

  /// How an answer ended that was not refused.
  package enum Consistency: Sendable {
    case whole
    /// Something changed while the kernel made the dump: ask again, or make do with it.
    case inconsistent
  }

  private let descriptor: Descriptor
  /// The kernel makes a dump in parts of 32 KiB at most (`netlink_recvmsg`).
  private var buffer = [UInt8](repeating: 0, count: 1 << 15)
  private let timeout: Duration
  private var sequence: UInt32 = 0

  /// - Parameter timeout: how long to wait for one part of an answer. The kernel answers within
  ///   the call that asks; only a bug makes anybody wait.
  package init(_ family: Family, timeout: Duration = .seconds(2)) throws(SystemCallError) {
    self.timeout = timeout
    descriptor = Descriptor(
      owning: try wrappedCall("socket", on: "AF_NETLINK \(family)") {
        clinux_netlink_socket(family.rawValue)
      })
  }

  /// Sends a request and hands on the messages that answer it.
  ///
  /// - Throws: what the kernel refuses, as a failed call with the request's name.
  @discardableResult
  package mutating func ask(
    _ request: NetlinkRequest, on subject: @autoclosure () -> String,
    handing on: (NetlinkMessage) -> Void = { _ in }
  ) throws(SystemCallError) -> Consistency {
    sequence &+= 1
    try send(request.datagram(sequence: sequence))
    var answer = NetlinkAnswer(to: request, sequence: sequence)
    return try answer.takeAll(on: subject, handing: on) { () throws(SystemCallError) in
      try receive()
    }
  }

  func send(_ datagram: [UInt8]) throws(SystemCallError) {
    let number = descriptor.number
    try systemCall("send", on: "netlink") {
      datagram.withUnsafeBytes { Glibc.send(number, $0.baseAddress, $0.count, 0) }
    }
  }

  private mutating func receive() throws(SystemCallError) -> ArraySlice<UInt8> {
    do throws(SystemCallError) {
      return try receiveAtOnce()
    } catch  where error.code == .wouldBlock {
      guard try descriptor.waitUntilReadable(for: timeout) else {
        throw SystemCallError(call: "recv", subject: "netlink", code: .timedOut)
      }
      return try receiveAtOnce()
    }
  }

  /// Returns the next datagram; EAGAIN when there is none, EMSGSIZE when it is longer than anything
  /// known.
  mutating func receiveAtOnce() throws(SystemCallError) -> ArraySlice<UInt8> {
    let number = descriptor.number
    let capacity = buffer.count
    // With MSG_TRUNC the length is that of the datagram, stored or not.
    let length = try systemCall("recv", on: "netlink") {
      recv(number, &buffer, capacity, CInt(MSG_TRUNC))
    }
    guard length <= capacity else {
      throw SystemCallError(call: "recv", subject: "netlink", code: .messageTooLong)
    }
    return buffer[..<length]
  }
}
