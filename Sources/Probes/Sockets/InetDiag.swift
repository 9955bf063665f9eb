package import Linux
package import NetAddress
package import Observations
import TCPModel

/// Asks the kernel's table of TCP sockets (inet_diag) of the network namespace it was made in.
///
/// Reading needs no rights. Times are as fine as a tick.
package struct InetDiag: ~Copyable {
  /// What became of a socket that was to be destroyed.
  package enum Destruction: Sendable {
    case destroyed
    /// It had gone before.
    case gone
    /// The kernel cannot: it was built without CONFIG_INET_DIAG_DESTROY, or is older than 4.5; older
    /// ones that can cannot destroy what is in TIME-WAIT.
    case notSupported
    /// It takes CAP_NET_ADMIN over the namespace.
    case notPermitted
  }

  private var socket: NetlinkSocket

  /// - Throws: ENOENT where the kernel has no tcp_diag.
  package init() throws(SystemCallError) {
    var socket = try NetlinkSocket(.sockDiag)
    // An exact lookup without tcp_diag fails with ENOENT just as one that finds nothing; a dump of
    // sockets in no state at all tells the two apart.
    let nothing = InetDiagRequest(.v4, local: .any(.v4))
    try socket.ask(nothing.message(.lookUp, .dump), on: "TCP sockets")
    self.socket = socket
  }

  /// Returns the socket at the local end of a connection; nil if there is none.
  ///
  /// Handshakes (since Linux 4.4), connections without an owner and TIME-WAIT are found as well. A
  /// connection of IPv4 over an IPv6 socket is asked for by its IPv4 addresses, and comes back with
  /// mapped ones.
  package mutating func connection(from local: Endpoint, to remote: Endpoint)
    throws(SystemCallError) -> InetDiagSocket?
  {
    precondition(local.family == remote.family && remote.port != 0, "\(local) and \(remote)")
    let found = try find(InetDiagRequest(local.family, local: local, remote: remote))
    // Where there is no such connection `inet_diag_find_one_icsk` goes on to a listener.
    return found?.state == .listen ? nil : found
  }

  /// Returns a listener that takes connections to an address; nil if there is none.
  package mutating func listener(at local: Endpoint) throws(SystemCallError)
    -> InetDiagSocket?
  {
    try find(InetDiagRequest(local.family, local: local))
  }

  /// Hands on all that the kernel tells of every socket, TIME-WAIT and handshakes included.
  ///
  /// A table that changes meanwhile is told as it was, socket by socket.
  /// - Parameter withBuffers: whether with the sizes of their buffers.
  package func all(withBuffers: Bool, handing on: (InetDiagSocket) -> Void) throws(SystemCallError)
  {
    // The kernel goes through its whole table for each family: for both at a time.
    var dumps: [NetlinkDump] = []
    for family in AddressFamily.allCases {
      let request = InetDiagRequest(family, local: .any(family), states: TCPState.allCases)
      let details: InetDiagRequest.Details = withBuffers ? .memory : []
      let message = request.message(.lookUp, .dump, details.union([.info, .congestionControl]))
      dumps.append(try NetlinkDump(.sockDiag, message, on: "TCP sockets"))
    }
    for dump in dumps {
      try dump.finish { if let found = InetDiagSocket($0) { on(found) } }
    }
  }

  /// Returns whether a socket that was found before is there and open still, this very one.
  package mutating func finds(_ socket: InetDiagSocket) throws(SystemCallError) -> Bool {
    do throws(SystemCallError) {
      let found = try find(InetDiagRequest(of: socket))
      return found?.cookie == socket.cookie && found?.inode == socket.inode
    } catch  where error.code == .stale {
      return false
    }
  }

  /// Hands on every socket in one of the states, with these ports if any are given.
  package mutating func dump(
    _ family: AddressFamily, in states: [TCPState], localPort: UInt16? = nil,
    remotePort: UInt16? = nil, handing on: (InetDiagSocket) -> Void
  ) throws(SystemCallError) {
    var (local, remote) = (Endpoint.any(family), Endpoint.any(family))
    (local.port, remote.port) = (localPort ?? 0, remotePort ?? 0)
    let request = InetDiagRequest(family, local: local, remote: remote, states: states)
    try socket.ask(request.message(.lookUp, .dump), on: "TCP sockets") {
      if let found = InetDiagSocket($0) { on(found) }
    }
  }

  /// Ends a connection as if by an error: its owner reads ECONNABORTED, and its peer gets a RST
  /// (`tcp_abort`).
  ///
  /// By its cookie, so that no other socket that has taken its place, or a listener, is hit.
  package mutating func destroy(_ victim: InetDiagSocket) throws(SystemCallError) -> Destruction {
    let request = InetDiagRequest(of: victim)
    do throws(SystemCallError) {
      try socket.ask(
        request.message(.destroy, .acknowledge), on: "\(victim.local) to \(victim.remote)")
      return .destroyed
    } catch {
      switch error.code {
      case .noEntry, .stale: return .gone
      // EINVAL: `sock_diag_rcv_msg` of Linux 4.4 and before does not know the message.
      case .notSupported, .invalidArgument: return .notSupported
      case .notPermitted: return .notPermitted
      default: throw error
      }
    }
  }

  private mutating func find(_ request: InetDiagRequest) throws(SystemCallError)
    -> InetDiagSocket?
  {
    let subject = { "\(request.local) to \(request.remote)" }
    var found: InetDiagSocket?
    do throws(SystemCallError) {
      try socket.ask(request.message(.lookUp, []), on: subject()) {
        found = InetDiagSocket($0)
      }
    } catch  where error.code == .noEntry {
      return nil
    }
    guard let found else {
      throw SystemCallError(
        call: NetlinkRequest.Kind.lookUp.name, subject: subject(), code: .badMessage)
    }
    return found
  }
}
