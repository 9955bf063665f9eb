import Advisor
import InputFiles
import Reports
import TCPModel
import Testing

/// Targets for known programs: what they are told, and what is said where they cannot be told all.
struct ProgramFileTests {
  private func group(
    _ name: String, _ objectives: Objective...,
    from direction: ConnectionGroup.Direction = .outbound,
    software: String? = nil
  ) -> ConnectionGroup {
    var group = ConnectionGroup(
      name: name, direction: direction, objectives: objectives, location: .sample(1))
    group.software = software
    return group
  }

  private func emission(_ target: String, _ groups: ConnectionGroup...) throws -> Emission {
    try #require(PlanEmitters[target]).emission(of: plan(groups))
  }

  private func plan(_ groups: [ConnectionGroup]) throws -> PortablePlan {
    try .sample([Profile(name: "sample", summary: "A sample.", groups: groups, file: "a.yaml")])
  }

  /// Without comments and empty lines.
  private func lines(_ emission: Emission) -> [String] {
    emission.files.flatMap { $0.text.split(separator: "\n") }.map(String.init).filter { line in
      !["#", ";", "//", "--", "%%", "/*", " *"].contains { line.hasPrefix($0) }
        && !line.hasPrefix("    # ")
    }
  }

  private let idle = Objective.sample(.idle, within: .seconds(120), survive: .seconds(20))
  private let connect = Objective.sample(.connect, within: .seconds(10), survive: .seconds(3))

  @Test(arguments: [
    ("nginx", ["listen 80 so_keepalive=60:10:5;"]),
    (
      "postgresql",
      [
        "tcp_keepalives_idle = 60", "tcp_keepalives_interval = 10", "tcp_keepalives_count = 5",
      ]
    ),
    // The interval follows the silence, so that 60 s would be too long.
    ("redis", ["tcp-keepalive 45"]),
    ("squid", ["http_port 3128 tcpkeepalive=60,10,50"]),
    (
      "systemd-socket",
      [
        "[Socket]", "KeepAlive=yes", "KeepAliveTimeSec=60", "KeepAliveIntervalSec=10",
        "KeepAliveProbes=5",
      ]
    ),
    (
      "varnish",
      [
        "-p tcp_keepalive_time=60", "-p tcp_keepalive_intvl=10", "-p tcp_keepalive_probes=5",
      ]
    ),
    // Its pings find out what keepalive does not.
    ("nats", ["ping_interval: \"30s\"", "ping_max: 3"]),
  ])
  func `program files: a server is told what the plan has for its clients`(
    target: String, expected: [String]
  ) throws {
    let emission = try emission(target, group("clients", idle, from: .inbound))
    #expect(lines(emission) == expected)
    #expect(emission.unmet.isEmpty)
  }

  @Test(arguments: [
    (
      "libpq",
      [
        "[pool]", "keepalives=1", "keepalives_idle=60", "keepalives_interval=10",
        "keepalives_count=5", "connect_timeout=10",
      ]
    ),
    ("curl", ["connect-timeout = 10", "keepalive-time = 20", "keepalive-cnt = 4"]),
    (
      "haproxy",
      [
        "backend pool", "    option srvtcpka", "    srvtcpka-idle 60s", "    srvtcpka-intvl 10s",
        "    srvtcpka-cnt 5", "    timeout connect 4500ms", "    retries 1",
      ]
    ),
    ("ssh", ["TCPKeepAlive yes", "ConnectTimeout 10", "ConnectionAttempts 1"]),
  ])
  func `program files: a client is told what the plan has for its connections`(
    target: String, expected: [String]
  ) throws {
    let emission = try emission(target, group("pool", connect, idle))
    #expect(
      lines(emission).filter { $0 != "keepalives=1" } == expected.filter { $0 != "keepalives=1" })
    #expect(emission.unmet.isEmpty, "\(emission.unmet)")
  }

  @Test func `program files: what a program cannot be told is said once, with what helps`() throws {
    let send = Objective.sample(.send, within: .seconds(180), survive: .seconds(30))
    let emission = try emission("pgjdbc", group("pool", send))
    let unmet = try #require(emission.unmet.first)
    #expect(emission.unmet.count == 1)
    #expect(unmet.hasPrefix("pool: send within 180 s: ends after 15 min 37 s–"))
    #expect(unmet.contains("net.ipv4.tcp_retries2 = "))
    #expect(unmet.contains("`software: pgjdbc` in the profile"))
    #expect(unmet.contains("socketTimeout at 180 s, which also ends what only takes longer"))
    #expect(emission.files[0].text.contains("Not met: pool: send"))
    #expect(emission.files[0].text.contains("MISSED: ends after"))
  }

  @Test func `program files: what the profile knows of the program is part of the plan`() throws {
    let known = try ProfileReader.knownPrograms().first { $0.name == "pgjdbc" }
    let send = Objective.sample(.send, within: .seconds(180), survive: .seconds(30))
    let group = group("pool", send).carried(by: try #require(known))
    let emission = try #require(PlanEmitters["pgjdbc"]).emission(of: plan([group]))
    #expect(emission.unmet.isEmpty)
    #expect(try plan([group]).sysctls[.tcpRetries2] != nil)
  }

  @Test func `program files: groups of which there is one place to tell share their numbers`()
    throws
  {
    let longer = Objective.sample(.idle, within: .seconds(600), survive: .seconds(90))
    let emission = try emission(
      "postgresql", group("strict", idle, from: .inbound), group("easy", longer, from: .inbound))
    let lines = lines(emission)
    // Those of the strict group end too soon for the other; each has what is missed with it said.
    #expect(lines.count { $0.hasPrefix("tcp_keepalives_idle") } == 1, "\(lines)")
    #expect(emission.files[0].text.contains("There is one place to say it"))
    #expect(emission.unmet.count == 1, "\(emission.unmet)")
    let same = try self.emission(
      "postgresql", group("one", idle, from: .inbound), group("other", idle, from: .inbound))
    #expect(same.unmet.isEmpty)
    #expect(self.lines(same).count == 3)
  }

  @Test func `program files: names that a file cannot tell apart are numbered`() throws {
    let emission = try emission("haproxy", group("a.b", connect), group("a b", connect))
    let names = lines(emission).filter { $0.hasPrefix("backend") }
    #expect(names == ["backend a_b", "backend a_b_2"])
  }

  @Test func `program files: what rests on the plan's sysctls says so`() throws {
    let emission = try emission("sshd", group("clients", idle, from: .inbound))
    let text = emission.files[0].text.replacing("\n# ", with: " ")
    #expect(emission.unmet.isEmpty)
    #expect(text.contains("Rests on net.ipv4.tcp_keepalive_time = "), "\(text)")
    #expect(text.contains("emit sysctl"))
  }

  @Test func `program files: pings that are relied on are written, and those written are judged`()
    throws
  {
    let emission = try emission("grpc", group("clients", idle, from: .inbound))
    let lines = lines(emission)
    #expect(emission.unmet.isEmpty, "\(emission.unmet)")
    #expect(lines.contains { $0.contains("grpc.keepalive_time_ms") }, "\(lines)")
    #expect(lines.contains { $0.contains("grpc.keepalive_timeout_ms") }, "\(lines)")
  }

  @Test func `program files: a program that only lowers has the host's smaller numbers`() throws {
    let wide = Objective.sample(.idle, within: .seconds(120))
    let emission = try emission("mongodb", group("clients", wide, from: .inbound))
    #expect(emission.unmet.isEmpty, "\(emission.unmet)")
  }

  @Test func `program files: connections of another program are left out`() throws {
    let emission = try emission(
      "nginx", group("pool", idle, software: "libpq"), group("clients", idle, from: .inbound))
    #expect(lines(emission) == ["listen 80 so_keepalive=60:10:5;"])
    #expect(emission.unmet.isEmpty)
  }

  @Test func `program files: a profile without such connections is told`() throws {
    let emission = try emission("redis", group("pool", idle))
    #expect(
      emission.unmet == ["the profile has no inbound connections that may be those of redis"])
    #expect(lines(emission).isEmpty)
  }

  /// What may end a comment, a string, a block or a line in one of the languages.
  private static let evil =
    "p\"; evil { } #\n[evil]\nevil = 1 /* */ -- ' ` $(evil) %>{{evil}}\\ <evil a=\"b\"> ]]>\r\u{2028}"

  /// The other languages have names as data; they are built and run with one that is hostile.
  private static let programs = PlanEmitters.all.filter {
    $0.group == .programs && $0.name != "sockets" || $0.name == "c"
  }.map(\.name)

  @Test(arguments: programs)
  func `program files: a hostile name adds no line and no word`(target: String) throws {
    func lines(_ name: String) throws -> [String] {
      let groups = [group(name, idle, from: .inbound), group("\(name)2", connect, idle)]
      return self.lines(try #require(PlanEmitters[target]).emission(of: plan(groups)))
    }
    let plain = try lines("evil")
    let hostile = try lines(Self.evil)
    #expect(plain.count == hostile.count, "\(hostile)")
    for (one, other) in zip(plain, hostile) where one != other {
      // A name is the only difference, and nothing of it but letters, digits and signs of names.
      let strange = other.filter {
        !one.contains($0) && !"_-0123456789pevil2ab".contains($0.lowercased())
      }
      #expect(strange.isEmpty, "\(other)")
    }
  }

  /// Go's formatter folds by width; what is emitted for it is built with a hostile name elsewhere.
  private static let languages = PlanEmitters.all.filter {
    $0.group == .languages && $0.name != "go"
  }.map(\.name)

  @Test(arguments: languages)
  func `program files: in code a hostile name is a text, and adds no line`(target: String) throws {
    func lines(_ name: String) throws -> [Substring] {
      let group = group(name, connect, idle)
      let emission = try #require(PlanEmitters[target]).emission(of: plan([group]))
      return emission.files.flatMap { $0.text.split(separator: "\n") }.filter { line in
        let text = line.drop { $0 == " " }
        return !["#", "//", "/*", "*"].contains { text.hasPrefix($0) }
      }
    }
    let plain = try lines("evil")
    let hostile = try lines(Self.evil)
    #expect(plain.count == hostile.count)
    for (one, other) in zip(plain, hostile) where one != other && target != "c" {
      // Without escaped characters there are two quotation marks, as in the plain one.
      let bare = other.replacing(#/\\./#, with: "")
      #expect(bare.count { $0 == "\"" } == one.count { $0 == "\"" }, "\(other)")
    }
  }

  /// The comments of the only file, as one line.
  private func comments(_ emission: Emission) -> String {
    emission.files[0].text.split(separator: "\n").map { $0.drop { "#/ ".contains($0) } }
      .joined(separator: " ")
  }

  @Test func `program files: what came later is named, with what is missed without it`() throws {
    let curl = comments(try emission("curl", group("pool", connect, idle)))
    #expect(
      curl.contains(
        "Needs 8.9.0 for --keepalive-cnt. Without: idle within 120 s: MISSED: ends after"))
    let caddy = comments(try emission("caddy", group("clients", idle, from: .inbound)))
    #expect(
      caddy.contains(
        "Needs 2.11 for keepalive_idle and keepalive_count, 2.6 for keepalive_interval. Without:"))
  }

  @Test(arguments: [
    (
      "nginx", ConnectionGroup.Direction.inbound,
      "after 75 s by default (keepalive_timeout), whatever keepalive finds."
    ),
    (
      "varnish", .inbound,
      "after 5 s by default (timeout_idle), before keepalive's first probe after 60 s: probes serve"
    ),
    ("varnish", .outbound, "after 60 s by default (backend_idle_timeout)."),
    (
      "kafka", .outbound, "after 540 s by default (connections.max.idle.ms), whatever keepalive"
    ),
  ])
  func `program files: what the program closes by itself is said`(
    target: String, direction: ConnectionGroup.Direction, text: String
  ) throws {
    let emission = try emission(target, group("pool", idle, from: direction))
    #expect(comments(emission).contains("It closes a connection that is not in use \(text)"))
  }

  @Test func `program files: what is not met is met for what is not in use`() throws {
    let emission = try emission("varnish", group("pool", idle))
    #expect(
      emission.unmet.contains {
        $0.hasPrefix(
          "pool: idle within 120 s: never ends; nothing that varnish-backend can be told")
          && $0.hasSuffix("; what is not in use it closes after 60 s (backend_idle_timeout)")
      })
  }

  @Test func `program files: Cassandra's streams get the same user timeout`() throws {
    let send = Objective.sample(.send, within: .seconds(25), survive: .seconds(5))
    let lines = lines(try emission("cassandra", group("pool", send)))
    let timeout = try #require(lines.first { $0.hasPrefix("internode_tcp_user_timeout: ") })
    #expect(lines.contains("internode_streaming_\(timeout.dropFirst("internode_".count))"))
  }

  @Test func `program files: Squid is told two of three with a zero for the host's`() throws {
    var group = group("clients", idle, from: .inbound)
    group.sets = SocketOptions([.keepalive: 1, .keepInterval: 10, .keepCount: 3])
    group.levers = []
    #expect(lines(try emission("squid", group)) == ["http_port 3128 tcpkeepalive=0,10,30"])
  }

  @Test func `program files: numbers within the program's own range are looked for`() throws {
    // The kernel would take 360 s between nine probes; Varnish takes 100 s, and a hundred probes.
    let long = Objective.sample(.idle, within: .seconds(7200), survive: .seconds(1800))
    let emission = try emission("varnish", group("clients", long, from: .inbound))
    #expect(emission.unmet.isEmpty, "\(emission.unmet)")
    let interval = try #require(
      lines(emission).first { $0.hasPrefix("-p tcp_keepalive_intvl=") }?.split(separator: "=").last)
    #expect(try #require(Int(interval)) <= 100)
  }
}
