package import Linux
package import TCPModel

/// An address to connect to, for a reason that only its source knows.
package class Destination {
  package let address: SocketAddress
  /// Failures on this host so far.
  fileprivate(set) var failures = 0

  package init(_ address: SocketAddress) { self.address = address }

  func fail() { failures += 1 }
}

/// What there is to connect to next.
package enum NextDestination {
  case connect(Destination)
  /// Nothing now; perhaps at that time on the monotonic clock, or when something has ended.
  case later(at: Duration?)
  /// Nothing any more, unless what is under way brings something.
  case finished
}

/// Where a probe gets its destinations from, and whom it tells what became of them.
package protocol ConnectSource: AnyObject {
  func next(at now: Duration) throws(SystemCallError) -> NextDestination
  func ended(_ destination: Destination, _ result: ConnectResult, in probe: ConnectProbe)
    throws(SystemCallError)
  /// A descriptor that `ConnectProbe.watch` was asked to watch can be read.
  func readable(_ number: CInt, in probe: ConnectProbe) throws(SystemCallError)
}
