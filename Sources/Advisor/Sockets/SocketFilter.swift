package import NetAddress
package import TCPModel

/// Which sockets are looked at: those that every kind of condition admits, each by one of its
/// alternatives; a kind without any admits all.
package struct SocketFilter: Sendable {
  package var states: Set<TCPState> = []
  package var programs: [Glob] = []
  package var users: [ConnectionGroup.Match.User] = []
  /// At either end.
  package var ports: Set<UInt16> = []
  /// At either end.
  package var addresses: [IPPrefix] = []

  package init() {}

  /// Whether it admits every socket.
  var isOpen: Bool {
    states.isEmpty && programs.isEmpty && users.isEmpty && ports.isEmpty && addresses.isEmpty
  }

  package func admits(_ socket: SocketIdentity) -> Bool {
    let ends = [socket.local, socket.remote].compactMap { $0 }
    return Self.admits(states, socket.state.map { state in { $0 == state } })
      && Self.admits(programs, socket.process.map { name in { $0.matches(name) } })
      && Self.admits(users, socket.user.map { user in { $0.isSame(as: user) ?? false } })
      && Self.admits(ports) { port in ends.contains { $0.port == port } }
      && Self.admits(addresses) { prefix in
        ends.contains { prefix.unmapped.contains($0.address.unmapped) }
      }
  }

  /// - Parameter test: nil where what is asked for is not known.
  private static func admits<Condition>(
    _ conditions: some Collection<Condition>, _ test: ((Condition) -> Bool)?
  ) -> Bool {
    conditions.isEmpty || test.map { conditions.contains(where: $0) } ?? false
  }
}
