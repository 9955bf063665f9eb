package import NetAddress
package import Observations
package import TCPModel

/// Connections that one program has to one peer or one of its ports, with the same options.
package struct SocketGroup: Sendable {
  package enum Peer: Hashable, Sendable {
    /// Clients of a port of this host.
    case clients(ofPort: UInt16)
    case server(Endpoint)
    /// Many servers by the same port.
    case servers(port: UInt16, count: Int)
  }

  /// Why or how its options are what they are.
  package enum Basis: Hashable, Sendable {
    case options(SocketOptions)
    case unknown(OptionsUnknown, keepsAlive: Bool?)
  }

  /// Nil if the process is not known.
  package let program: String?
  package let peer: Peer
  package let basis: Basis
  package let sockets: [JudgedSocket]
  /// Over all its sockets.
  package let forecasts: [SocketForecast]

  package func forecast(_ scenario: Scenario) -> SocketForecast? {
    forecasts.first { $0.scenario == scenario }
  }

  /// Whether the other end of all of them is this host too: its kernel then closes what a process
  /// leaves behind, and nobody vanishes silently.
  package let isLocal: Bool
  /// How many of them wait for an answer now.
  package let waiting: Int

  /// Whether a peer that is silently gone may never be noticed.
  package var mayHangForever: Bool {
    switch forecast(.idle)?.timeToEnd.ends {
    case .never?, .maybeNever?: true
    case .always?, .unknown?, nil: false
    }
  }
}

extension SocketGroup {
  private struct Key: Hashable {
    let program: String?
    var peer: Peer
    let basis: Basis

    /// What groups have in common whose servers may be one group.
    var withoutServer: Key {
      var common = self
      if case .server(let server) = peer { common.peer = .servers(port: server.port, count: 0) }
      return common
    }
  }

  /// More servers behind one port than this stand in one group.
  private static let fewServers = 4

  /// Returns the groups of connections, those first that need attention most.
  static func groups(of sockets: [JudgedSocket]) -> [SocketGroup] {
    let connections = sockets.filter { !$0.forecasts.isEmpty && $0.socket.table.state != .listen }
    let byPeer = connections.grouped { socket in
      Key(program: socket.program, peer: socket.peer, basis: socket.basis)
    }
    let byPort = byPeer.grouped { $0.key.withoutServer }
    return byPort.flatMap { key, servers in
      guard servers.count > fewServers, case .servers(let port, _) = key.peer else {
        return servers.map { SocketGroup($0.program, $0.peer, $0.basis, $1) }
      }
      let peer = Peer.servers(port: port, count: servers.count)
      return [SocketGroup(key.program, peer, key.basis, servers.flatMap(\.elements))]
    }.sorted(by: comesBefore)
  }

  private init(_ program: String?, _ peer: Peer, _ basis: Basis, _ sockets: [JudgedSocket]) {
    (self.program, self.peer, self.basis) = (program, peer, basis)
    self.sockets = sockets
    forecasts = Self.union(of: sockets)
    isLocal = sockets.allSatisfy(\.socket.table.isLocal)
    waiting = sockets.count { $0.ongoing != nil }
  }

  private static func union(of sockets: [JudgedSocket]) -> [SocketForecast] {
    var union: [Scenario: SocketForecast] = [:]
    var seen: Set<Int> = []
    let different = sockets.filter { seen.insert($0.forecastNumber).inserted }
    for forecast in different.flatMap(\.forecasts) {
      let other = union[forecast.scenario]
      union[forecast.scenario] = SocketForecast(
        scenario: forecast.scenario,
        timeToEnd: other.map { $0.timeToEnd.union(forecast.timeToEnd) } ?? forecast.timeToEnd,
        errno: forecast.errno ?? other?.errno, isAssumed: forecast.isAssumed)
    }
    return Scenario.allCases.compactMap { union[$0] }
  }

  /// The worst first: what hangs, what may hang for ever, what is noticed late, what concerns many.
  private static func comesBefore(_ one: SocketGroup, _ other: SocketGroup) -> Bool {
    one.weight.lexicographicallyPrecedes(other.weight)
  }

  private var weight: [Double] {
    let latest = [Scenario.idle, .send].compactMap { forecast($0)?.timeToEnd.range?.latest }.max()
    return [
      waiting > 0 ? 0 : 1, isLocal ? 1 : 0, mayHangForever ? 0 : 1,
      -((latest ?? .zero) / .seconds(1)),
      -Double(sockets.count),
    ]
  }
}

extension JudgedSocket {
  fileprivate var peer: SocketGroup.Peer {
    switch role {
    case .listener(let port), .inbound(let port): .clients(ofPort: port)
    case .outbound(let remote): .server(remote)
    }
  }

  fileprivate var basis: SocketGroup.Basis {
    if let options { return .options(options) }
    guard let reason = socket.optionsUnknown else { return .options(SocketOptions()) }
    return .unknown(reason.withoutProcess, keepsAlive: socket.table.keepsAlive)
  }
}

extension OptionsUnknown {
  /// The reason alone, whichever process it was.
  package var withoutProcess: OptionsUnknown {
    if case .refused(_, let errno) = self { .refused(process: 0, errno: errno) } else { self }
  }
}
