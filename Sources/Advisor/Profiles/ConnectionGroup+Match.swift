package import NetAddress
package import TCPModel

extension ConnectionGroup {
  /// Which sockets belong to a group; a field that is nil admits all of them.
  package struct Match: Hashable, Sendable {
    /// The fields by their names in a profile, in the order in which they are printed.
    package enum Field: String, CaseIterable, Sendable {
      case process, user, state
      case localPort = "local_port"
      case remote
      case remotePort = "remote_port"
    }

    package enum User: Hashable, Sendable {
      case id(UInt32)
      case name(String)
    }

    /// Where the other side is.
    package struct Remote: Hashable, Sendable {
      package let prefix: IPPrefix
      /// The prefix as the profile has it.
      package let text: String

      /// An IPv4 prefix that is written as an IPv6 one, such as `::ffff:10.0.0.0/104`, is the former.
      package init(_ prefix: IPPrefix, writtenAs text: String) {
        (self.prefix, self.text) = (prefix.unmapped, text)
      }
    }

    package var process: Glob?
    package var user: User?
    package var state: TCPState?
    package var localPort: UInt16?
    package var remote: Remote?
    package var remotePort: UInt16?

    package init(
      process: Glob? = nil, user: User? = nil, state: TCPState? = nil, localPort: UInt16? = nil,
      remote: Remote? = nil, remotePort: UInt16? = nil
    ) {
      (self.process, self.user, self.state) = (process, user, state)
      (self.localPort, self.remote, self.remotePort) = (localPort, remote, remotePort)
    }
  }
}

extension ConnectionGroup.Match {
  package enum Admission: Equatable, Sendable {
    case yes, no
    /// It depends on these fields, of which the socket does not say enough.
    case unknown([Field])
  }

  /// Returns whether a socket belongs to the group: a field that differs decides, whatever else is
  /// not known.
  package func admits(_ socket: SocketIdentity) -> Admission {
    var unknown: [Field] = []
    for field in Field.allCases {
      switch admits(socket, by: field) {
      case true?: break
      case false?: return .no
      case nil: unknown.append(field)
      }
    }
    return unknown.isEmpty ? .yes : .unknown(unknown)
  }

  /// Whether it admits some peers only.
  package var isOfRemote: Bool { remote != nil || remotePort != nil }

  /// Returns nil if the socket does not tell.
  private func admits(_ socket: SocketIdentity, by field: Field) -> Bool? {
    switch field {
    case .process: Self.compare(process, socket.process) { $0.matches($1) }
    case .user: Self.compare(user, socket.user) { $0.isSame(as: $1) }
    case .state: Self.compare(state, socket.state, ==)
    case .localPort: Self.compare(localPort, socket.local?.port, ==)
    case .remote:
      Self.compare(remote, socket.remote) { $0.prefix.contains($1.address.unmapped) }
    case .remotePort:
      Self.compare(remotePort, socket.remote?.port ?? socket.remotePort, ==)
    }
  }

  /// Returns true if nothing is wanted, and nil if what is wanted is not known.
  private static func compare<Wanted, Actual>(
    _ wanted: Wanted?, _ actual: Actual?, _ isSame: (Wanted, Actual) -> Bool?
  ) -> Bool? {
    guard let wanted else { return true }
    return actual.flatMap { isSame(wanted, $0) }
  }
}

extension ConnectionGroup.Match.User {
  /// Returns nil if only the number of the socket's user is known, and a name is wanted.
  func isSame(as user: SocketIdentity.User) -> Bool? {
    switch self {
    case .id(let id): id == user.id
    case .name(let name): user.name.map { $0 == name }
    }
  }
}
