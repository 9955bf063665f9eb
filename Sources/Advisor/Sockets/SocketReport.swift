import NetAddress
package import Observations
package import TCPModel

/// All TCP sockets of a network namespace, judged.
package struct SocketReport: Sendable {
  package let namespace: ObservedNamespace
  package let sockets: [JudgedSocket]
  package let groups: [SocketGroup]
  package let listeners: [ListenerState]
  package let destinations: [DestinationPorts]
  /// What profiles require of the connections; empty without profiles.
  package let findings: [SocketFinding]

  /// What may be done for the forecasts of sockets, and for what profiles require, in events simulated.
  private static let (mostForecast, mostAssessed) = (100_000_000, 60_000_000)

  /// - Parameters:
  ///   - filter: which of them are looked at.
  ///   - profiles: what is required of them.
  ///   - order: in which groups come.
  /// - Throws: why the kernel of the namespace is not modelled.
  package init(
    of namespace: ObservedNamespace, admitting filter: SocketFilter = SocketFilter(),
    against profiles: [Profile] = [], in order: SocketOrder = .attention
  ) throws(Unknown) {
    self.namespace = namespace
    let host = try Host(namespace.settings)
    // Whoever is on the host decides how many sockets differ; what profiles require is judged all the same.
    let cache = TimelineCache(search: Self.mostForecast, reports: Self.mostAssessed)
    var judge = SocketJudge(on: host, asking: cache)
    let listeners = Dictionary(
      namespace.sockets.filter { $0.table.state == .listen }.map { ($0.table.local.port, $0) }
    ) { first, _ in first }
    var judged: [JudgedSocket] = []
    cache.searching {
      judged = namespace.sockets.map { socket in
        let listener = listeners[socket.table.local.port]
        // What nobody has accepted yet is its listener's.
        let program =
          namespace.program(of: socket)
          ?? (socket.isUnaccepted ? listener.flatMap(namespace.program) : nil)
        return judge.judged(socket, by: program, under: listener)
      }
    }
    sockets =
      filter.isOpen ? judged : judged.filter { filter.admits(namespace.identity(of: $0)) }
    groups = SocketGroup.sorted(SocketGroup.groups(of: sockets), by: order)
    self.listeners = ListenerState.states(of: sockets, in: namespace.settings)
    destinations = DestinationPorts.destinations(of: sockets, in: namespace.settings)
    findings = SocketAssessment(profiles, on: host, asking: cache).findings(on: groups) {
      namespace.identity(of: $0)
    }
  }

  /// Connections that the peer has closed and the program has not, for a minute at least: no timer
  /// ends them. By program, the most first.
  package var neglected: [(program: String?, sockets: [JudgedSocket], longest: Duration)] {
    let closed = sockets.filter {
      $0.socket.table.state == .closeWait && $0.socket.table.inode != 0
        && $0.socket.table.silence ?? .zero >= .seconds(60)
    }
    return Dictionary(grouping: closed, by: \.program).map { program, sockets in
      (program, sockets, sockets.compactMap(\.socket.table.silence).max() ?? .zero)
    }.sorted { ($0.sockets.count, $0.longest) > ($1.sockets.count, $1.longest) }
  }

  /// The sockets that are in the middle of something: those whose program waits, the longest first,
  /// before those that are the kernel's alone.
  package var ongoing: [JudgedSocket] {
    sockets.filter { $0.ongoing != nil }.sorted { one, other in
      let (first, second) = (one.socket.table.inode == 0, other.socket.table.inode == 0)
      return first == second ? one.wait > other.wait : second
    }
  }
}

extension JudgedSocket {
  /// How long it has waited; the silence of the peer, where nothing else is known.
  fileprivate var wait: Duration {
    ongoing?.progress?.since?.latest ?? ongoing?.silence ?? .zero
  }
}

extension ObservedNamespace {
  /// Returns what the conditions of filters and profiles look at.
  func identity(of socket: JudgedSocket) -> SocketIdentity {
    let table = socket.socket.table
    // Of what no process has the kernel keeps no user.
    let user = SocketIdentity.User(id: table.user, name: users[table.user])
    return SocketIdentity(
      process: socket.program, user: table.inode == 0 ? nil : user, local: table.local,
      remote: table.state == .listen ? nil : table.remote, state: table.state)
  }

  /// Returns the name of the program that has a socket open.
  fileprivate func program(of socket: ObservedSocket) -> String? {
    socket.owner.flatMap { processes[$0.process]?.name }
  }
}
