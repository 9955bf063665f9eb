/// What `epoll_wait` and `poll` report of a descriptor, by the numbers of
/// include/uapi/linux/eventpoll.h.
package struct EpollEvents: OptionSet, Hashable, Sendable, CustomStringConvertible {
  package let rawValue: UInt32

  package init(rawValue: UInt32) { self.rawValue = rawValue }

  package static let input = Self(rawValue: 0x1)  // EPOLLIN
  package static let output = Self(rawValue: 0x4)  // EPOLLOUT
  /// Reported whether asked for or not.
  package static let error = Self(rawValue: 0x8)  // EPOLLERR
  /// Reported whether asked for or not.
  package static let hangUp = Self(rawValue: 0x10)  // EPOLLHUP
  package static let peerClosed = Self(rawValue: 0x2000)  // EPOLLRDHUP
  /// Asked for: report what is new, and not again what was reported.
  package static let edgeTriggered = Self(rawValue: 1 << 31)  // EPOLLET

  private static let names: [(Self, String)] = [
    (.input, "IN"), (.output, "OUT"), (.error, "ERR"), (.hangUp, "HUP"),
    (.peerClosed, "RDHUP"),
  ]

  /// The names of what is reported, without their prefix: `IN OUT ERR HUP RDHUP`.
  package var names: [String] { Self.names.filter { contains($0.0) }.map(\.1) }

  /// The names with the number that traces show: `IN OUT ERR HUP RDHUP (0x201d)`.
  package var description: String {
    "\(names.joined(separator: " ")) (0x\(String(rawValue, radix: 16)))"
  }
}
