import Advisor
import TCPModel

extension FileLocation {
  static let sample = FileLocation(file: "sample.yaml", line: 1, column: 1)
}

extension Objective {
  /// An objective without places that matter.
  static func sample(
    _ scenario: Scenario, within: Duration? = nil, survive: Duration? = nil,
    recover: Duration? = nil
  ) -> Objective {
    Objective(
      scenario, within: within.map { Bound(WrittenTime($0), at: .sample) },
      survive: survive.map { Bound(WrittenTime($0), at: .sample) },
      recover: recover.map { Bound(WrittenTime($0), at: .sample) })
  }
}

extension ConnectionGroup {
  static func sample(
    _ name: String = "pool", sets: SocketOptions = SocketOptions(),
    canSet: [SocketOption]? = nil, path: Path = Path(), middleboxes: [Middlebox] = [],
    levers: Set<Lever> = Set(Lever.allCases), _ objectives: Objective...
  ) -> ConnectionGroup {
    ConnectionGroup(
      name: name, sets: sets, canSet: canSet, path: path, middleboxes: middleboxes,
      levers: levers, objectives: objectives, location: .sample)
  }
}

extension Profile {
  static func sample(_ name: String = "sample", _ groups: ConnectionGroup...) -> Profile {
    Profile(name: name, summary: "A sample.", groups: groups, file: "sample.yaml")
  }

  /// The shape of the built-in profile `server`.
  static let server = Profile.sample(
    "server",
    .sample(
      "server", sets: SocketOptions([.keepalive: 1]), levers: [.sysctl],
      .sample(.connect, survive: .seconds(30)),
      .sample(.idle, within: .seconds(900), survive: .seconds(60)),
      .sample(.send, survive: .seconds(100))))

  /// The shape of the built-in profile `database-client`.
  static func client(survivingIdle seconds: Int) -> Profile {
    .sample(
      "database-client",
      .sample(
        sets: SocketOptions([.keepalive: 1]),
        .sample(.connect, within: .seconds(10), survive: .seconds(3)),
        .sample(.idle, within: .seconds(120), survive: .seconds(seconds)),
        .sample(.send, within: .seconds(30), survive: .seconds(10))))
  }
}

extension Host {
  static func stock(_ kernel: KernelVersion = KernelVersion(6, 18), hertz: Int = 250) throws -> Host
  {
    try Host(.defaults(of: kernel, tickRate: TickRate(hertz: hertz)))
  }

  static func longTerm() throws -> [Host] {
    try KernelRules.longTerm.map { try Host(defaultsOf: $0) }
  }
}

extension Middlebox {
  /// A device that forgets idle connections after so long, and that keepalive reaches.
  static func sample(_ idleTimeout: Duration, _ onExpiry: Expiry = .reset) -> Middlebox {
    Middlebox(
      name: "box", idleTimeout: idleTimeout, onExpiry: onExpiry, tcpKeepaliveCounts: true,
      checkedOn: nil, source: nil, location: .sample)
  }
}
