package import Linux
package import NetAddress
package import Observations
package import TCPModel

/// An address to connect to, for a reason that only its source knows.
package protocol Destination: AnyObject {
  var address: Endpoint { get }
  /// Set on its socket as well, over those of all.
  var options: SocketOptions { get }
  /// Failures on this host so far, of this attempt.
  var failures: Int { get set }
  /// Where the probe keeps its attempt; nil if none is under way.
  var slot: Int? { get set }
}

/// What there is to connect to next.
package enum NextDestination {
  case connect(any Destination)
  /// Nothing now; perhaps at that time on the monotonic clock, or when something has ended.
  case later(at: Duration?)
  /// Nothing any more, unless what is under way brings something.
  case finished
}

/// Where a probe gets its destinations from, and whom it tells what became of them.
package protocol ConnectWorkload: AnyObject {
  /// Called again and again, also when no further attempt may begin.
  func prepare(in probe: ConnectEngine) throws(SystemCallError)
  func next(at now: Duration, in probe: ConnectEngine) throws(SystemCallError) -> NextDestination
  func ended(_ destination: any Destination, _ result: ConnectResult, in probe: ConnectEngine)
    throws(SystemCallError)
  /// A descriptor that `ConnectEngine.watch` was asked to watch can be read.
  func readable(_ number: CInt, in probe: ConnectEngine) throws(SystemCallError)
}
