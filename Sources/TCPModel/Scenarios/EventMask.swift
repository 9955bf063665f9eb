/// The events that `poll` and `epoll_wait` report for a socket; numbers of include/uapi/linux/eventpoll.h.
package struct EventMask: OptionSet, Hashable, Sendable, CustomStringConvertible {
  package let rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  package static let input = Self(rawValue: 0x1)  // EPOLLIN
  package static let output = Self(rawValue: 0x4)  // EPOLLOUT
  package static let error = Self(rawValue: 0x8)  // EPOLLERR
  package static let hangUp = Self(rawValue: 0x10)  // EPOLLHUP
  package static let peerClosed = Self(rawValue: 0x2000)  // EPOLLRDHUP

  /// What any failure of a connection shows, an attempt's as well (`tcp_poll`; measured).
  package static let failure: Self = [.input, .output, .error, .hangUp, .peerClosed]

  private static let names: [(Self, String)] = [
    (.input, "IN"), (.output, "OUT"), (.error, "ERR"), (.hangUp, "HUP"),
    (.peerClosed, "RDHUP"),
  ]

  /// The names without their prefix: `IN OUT ERR HUP RDHUP`.
  package var names: [String] { Self.names.filter { contains($0.0) }.map(\.1) }

  /// With the number that traces show: `IN OUT ERR HUP RDHUP (0x201d)`.
  package var description: String {
    "\(names.joined(separator: " ")) (0x\(String(rawValue, radix: 16)))"
  }
}
