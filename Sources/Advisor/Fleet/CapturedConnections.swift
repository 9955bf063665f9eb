package import NetAddress
import Observations
package import TCPModel

/// Connections of a program with the same options, as a capture tells of them.
package struct CapturedConnections: Sendable {
  /// What tells them from others.
  package struct Kind: Hashable, Sendable {
    package enum Peer: String, CaseIterable, Sendable { case clients, server }

    /// Nil if the process is not known.
    package let program: String?
    package let peer: Peer
    /// Of this host for clients, else of the server; nil where there are many.
    package fileprivate(set) var port: UInt16?
    /// Nil if they are not known.
    package let options: SocketOptions?
    /// Whether the kernel keeps them awake; nil where that is not known either.
    package let keepsAlive: Bool?
    /// Whether the other end of all of them is the same host.
    package let isLocal: Bool

    package init(
      of program: String?, with peer: Peer, port: UInt16?, options: SocketOptions?,
      keepsAlive: Bool? = nil, isLocal: Bool = false
    ) {
      (self.program, self.peer, self.port) = (program, peer, port)
      (self.options, self.keepsAlive, self.isLocal) = (options, keepsAlive, isLocal)
    }

    /// The same through whichever port.
    var withoutPort: Kind {
      var kind = self
      kind.port = nil
      return kind
    }

    package var basis: SocketGroup.Basis {
      options.map { .options($0) } ?? .unknown(.notAsked, keepsAlive: keepsAlive)
    }
  }

  package let kind: Kind
  /// Of the server, where addresses are told.
  package let address: IPAddress?
  package let count: Int
  /// The network namespace by its id; nil where that is not told.
  package let namespace: String?

  package init(
    _ kind: Kind, address: IPAddress? = nil, count: Int, in namespace: String? = nil
  ) {
    (self.kind, self.address, self.count) = (kind, address, count)
    self.namespace = namespace
  }

  /// Whether a profile speaks of them. The ports of clients, and those that connections leave by, are
  /// whichever was free.
  func isAdmitted(by match: ConnectionGroup.Match) -> Bool {
    switch kind.peer {
    case .clients:
      match.remotePort == nil
        && match.admits(
          SocketIdentity(
            process: kind.program, local: kind.port.map { Endpoint(.any(.v4), port: $0) })) != .no
    case .server:
      match.localPort == nil
        && match.admits(
          SocketIdentity(
            process: kind.program,
            remote: address.flatMap { address in
              kind.port.map { Endpoint(address, port: $0) }
            }, remotePort: kind.port)) != .no
    }
  }
}
