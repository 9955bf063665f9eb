import Advisor
import NetAddress
import Observations
import TCPModel

extension ObservedSocket {
  /// A connection of a process 42, or of whom `owners` says, that shows the timer of its options.
  static func sample(
    _ state: TCPState = .established, to remote: Endpoint = .server, from local: Endpoint = .client,
    options: SocketOptions? = SocketOptions(), unknown: OptionsUnknown = .hidden,
    owners: [SocketOwner] = [SocketOwner(process: 42, descriptor: 7)],
    change: (inout InetDiagSocket) -> Void = { _ in }
  ) -> ObservedSocket {
    var table = InetDiagSocket(state, from: local, to: remote)
    table.inode = owners.isEmpty ? 0 : 77
    var info = TCPInfo()
    info.state = state
    info.roundTrip = .milliseconds(2)
    info.retransmissionTimeout = .milliseconds(204)
    info.backoff = 0
    table.info = info
    change(&table)
    let read = options.map { Self.defaults.overridden(by: $0) }
    return ObservedSocket(
      table, owners: owners,
      options: read.map { .known(OptionReadings($0)) } ?? .unknown(unknown))
  }

  /// What a socket reads back on which nobody set anything.
  static let defaults = SocketOptions([
    .keepalive: 0, .keepIdle: 7200, .keepInterval: 75, .keepCount: 9, .userTimeout: 0,
    .synCount: 6, .rtoMax: 120_000, .linger2: 60,
  ])
}

extension Endpoint {
  static let server = Endpoint(.v4(10, 0, 0, 5), port: 5432)
  static let client = Endpoint(.v4(10, 0, 0, 1), port: 41_000)
}

extension ObservedNamespace {
  static func sample(_ sockets: [ObservedSocket], program: String = "psql") -> ObservedNamespace {
    var namespace = ObservedNamespace(
      id: "net:[1]",
      settings: .defaults(of: KernelVersion(6, 18), tickRate: TickRate(hertz: 250)),
      sockets: sockets,
      processes: [42: ObservedProcess(id: 42, name: program, container: nil)])
    namespace.users = [0: "root"]
    return namespace
  }
}

extension SocketReport {
  static func sample(
    _ sockets: ObservedSocket..., program: String = "psql", filter: SocketFilter = SocketFilter(),
    profiles: [Profile] = []
  ) throws -> SocketReport {
    try SocketReport(
      of: .sample(sockets, program: program), admitting: filter, against: profiles)
  }
}
