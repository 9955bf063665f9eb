package import NetAddress
import CLinux

/// The one place that waits: many descriptors, each known by a token.
package struct Epoll: ~Copyable {
  /// A descriptor that is ready.
  package struct Ready: Hashable, Sendable {
    package let token: UInt64
    package let events: EpollEvents
  }

  private let descriptor: Descriptor

  package init() throws(SystemCallError) {
    descriptor = Descriptor(
      owning: try wrappedCall("epoll_create1", on: "a new set") { clinux_epoll_create() })
  }

  /// Watches a descriptor; errors and hang-ups are reported whatever `events` says.
  package func add(_ watched: borrowing Descriptor, for events: EpollEvents, token: UInt64)
    throws(SystemCallError)
  {
    try add(number: watched.number, for: events, token: token)
  }

  /// Watches a descriptor that somebody else owns, such as standard input.
  package func add(number: CInt, for events: EpollEvents, token: UInt64) throws(SystemCallError) {
    let epoll = descriptor.number
    try wrappedCall("epoll_ctl", on: "descriptor \(number)") {
      clinux_epoll_add(epoll, number, events.rawValue, token)
    }
  }

  package func remove(number: CInt) throws(SystemCallError) {
    let epoll = descriptor.number
    try wrappedCall("epoll_ctl", on: "descriptor \(number)") {
      clinux_epoll_remove(epoll, number)
    }
  }

  /// Waits until something is ready; nothing when the time is over or a signal came.
  /// - Parameter timeout: rounded up to whole milliseconds, else loops spin; nil waits for ever.
  package func wait(for timeout: Duration?) throws(SystemCallError) -> [Ready] {
    var ready: [Ready] = []
    _ = try wait(for: timeout, into: &ready)
    return ready
  }

  /// The same, into an array that is used again and again.
  /// - Returns: whether a signal cut it short.
  package func wait(for timeout: Duration?, into events: inout [Ready]) throws(SystemCallError)
    -> Bool
  {
    events.removeAll(keepingCapacity: true)
    let (epoll, milliseconds) = (descriptor.number, timeout.map(Self.milliseconds) ?? -1)
    let count = withUnsafeTemporaryAllocation(of: clinux_ready.self, capacity: 64) { ready in
      let count = clinux_epoll_wait(epoll, ready.baseAddress, 64, milliseconds)
      for index in 0..<max(0, Int(count)) {
        let what = EpollEvents(rawValue: ready[index].events)
        events.append(Ready(token: ready[index].token, events: what))
      }
      return count
    }
    if count == -Errno.interrupted.rawValue { return true }
    try wrappedCall("epoll_wait", on: "all descriptors", again: false) { count }
    return false
  }

  /// Returns a wait in whole milliseconds, rounded up, from nothing to 24 days.
  static func milliseconds(_ timeout: Duration) -> CInt {
    guard timeout > .zero else { return 0 }
    guard timeout < .milliseconds(CInt.max) else { return CInt.max }
    return CInt((timeout.saturatingNanoseconds + 999_999) / 1_000_000)
  }
}
