import Linux
import NetAddress
import Probes

/// The kernel's table of the TCP sockets of one network namespace; made while the process is inside
/// it.
final class InetDiagClient {
  private var diag: InetDiag

  init() throws(SystemCallError) { diag = try InetDiag() }

  func holds(_ local: Endpoint, to remote: Endpoint) throws(SystemCallError) -> Bool {
    try diag.connection(from: local, to: remote) != nil
  }
}
