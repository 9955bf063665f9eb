import Advisor
import InputFiles
import TCPModel

extension FileLocation {
  static func sample(_ line: Int) -> FileLocation {
    FileLocation(file: "sample.yaml", line: line, column: 7)
  }
}

extension Objective {
  static func sample(
    _ scenario: Scenario, within: Duration? = nil, survive: Duration? = nil, line: Int = 1,
    why: String? = nil, source: String? = nil
  ) -> Objective {
    Objective(
      scenario, within: within.map { Bound(WrittenTime($0), at: .sample(line)) },
      survive: survive.map { Bound(WrittenTime($0), at: .sample(line + 1)) }, why: why,
      source: source)
  }
}

extension Middlebox {
  static let loadBalancer = Middlebox(
    name: "load-balancer", idleTimeout: .seconds(350), onExpiry: .reset, tcpKeepaliveCounts: true,
    checkedOn: nil, source: nil, location: .sample(60))
  static let firewall = Middlebox(
    name: "firewall", idleTimeout: .seconds(3600), onExpiry: .drop, tcpKeepaliveCounts: true,
    checkedOn: nil, source: nil, location: .sample(61))
}

extension Profile {
  /// The shape of the built-in profile `server`.
  static let server = Profile(
    name: "server", summary: "Any server.",
    groups: [
      ConnectionGroup(
        name: "server", sets: SocketOptions([.keepalive: 1]), levers: [.sysctl],
        objectives: [
          .sample(.connect, survive: .seconds(30), line: 10),
          .sample(
            .idle, within: .seconds(900), survive: .seconds(60), line: 20,
            why: "Dead peers hold memory, and a minute without a network must kill nothing.",
            source: "RFC 1122 4.2.3.6"),
          .sample(.send, survive: .seconds(100), line: 30),
        ], location: .sample(1))
    ], file: "sample.yaml")

  /// The shape of the built-in profile `database-client`, with a load balancer before it.
  static let client = Profile(
    name: "client", summary: "A client.",
    groups: [
      ConnectionGroup(
        name: "pool", sets: SocketOptions([.keepalive: 1]),
        path: Path(roundTrip: .milliseconds(1)...(.milliseconds(1)), addresses: 2),
        middleboxes: [.loadBalancer, .firewall],
        objectives: [
          .sample(.connect, within: .seconds(10), survive: .seconds(3), line: 10),
          .sample(.idle, within: .seconds(120), survive: .seconds(15), line: 20),
          .sample(.send, within: .seconds(30), survive: .seconds(10), line: 30),
        ], location: .sample(1)),
      ConnectionGroup(
        name: "web-front", direction: .inbound,
        objectives: [.sample(.idle, within: .seconds(300), survive: .seconds(20), line: 40)],
        location: .sample(39)),
    ],
    sysctls: [
      SysctlRequirement(
        SysctlKey("net.core.somaxconn"), .atLeast([8192]), why: "Bursts of clients.",
        source: "listen(2)", location: .sample(50))
    ], file: "sample.yaml")

  /// What nobody can do.
  static let impossible = Profile(
    name: "impossible", summary: "Asks too much.",
    groups: [
      ConnectionGroup(
        name: "pool", sets: SocketOptions([.keepalive: 1]), levers: [.sysctl],
        objectives: [
          .sample(.connect, within: .milliseconds(500), line: 10),
          .sample(.send, within: .seconds(5), line: 30),
        ], location: .sample(1))
    ], file: "sample.yaml")
}

extension Host {
  static func stock(_ kernel: KernelVersion = KernelVersion(6, 18), hertz: Int = 250) throws -> Host
  {
    try Host(.defaults(of: kernel, tickRate: TickRate(hertz: hertz)))
  }
}

extension PortablePlan {
  /// For one kernel, which is enough to show the form.
  static func sample(_ profiles: Profile...) throws -> PortablePlan { try sample(profiles) }

  static func sample(_ profiles: [Profile]) throws -> PortablePlan {
    try PortablePlan(
      for: profiles.joined, kernels: [KernelVersion(6, 18)],
      programs: ProfileReader.knownPrograms())
  }
}

extension Advice {
  static func sample(_ profiles: Profile..., on host: Host) throws -> Advice {
    Advice(
      for: profiles.joined, on: host,
      baselines: [try Host(defaultsOf: KernelVersion(6, 18))])
  }
}
