/// What a descriptor is ready for.
package struct EpollEvents: OptionSet, Hashable, Sendable {
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
}
