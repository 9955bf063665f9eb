import Advisor
import InputFiles
import NetAddress
import ProfileMistakes
import TCPModel
import Testing

struct SchemaTests {
  @Test func `schema: every field arrives where it belongs`() throws {
    let profile = try read(Mistake.whole)
    #expect(profile.name == "database-client")
    #expect(profile.summary == "Application servers that keep pooled connections.")
    #expect(profile.file == "profile.yaml")
    #expect(profile.allowBelowRFC)
    #expect(profile.allows(.tcpKeepaliveTime))
    #expect(!profile.allows(.tcpRetries2))
    #expect(profile.groups.map(\.name) == ["pool", "rest"])
  }

  @Test func `schema: a group has what it says, and the defaults for the rest`() throws {
    let pool = try #require(try read(Mistake.whole).groups.first)
    #expect(pool.direction == .inbound)
    #expect(
      pool.match
        == ConnectionGroup.Match(
          process: Glob("app-*"), user: .id(1000), state: .established, localPort: 1,
          remote: .init(IPPrefix(.v4(10, 0, 0, 0), length: 8), writtenAs: "10.0.0.0/8"),
          remotePort: 5432))
    #expect(pool.sets == SocketOptions([.keepalive: 1, .userTimeout: 30_000]))
    #expect(pool.canSet == [.keepalive, .keepIdle])
    #expect(pool.path.roundTrip == .microseconds(1500)...(.microseconds(1500)))
    #expect(pool.path.addresses == 2)
    #expect(pool.path.segments == 3)
    #expect(pool.middleboxes.map(\.name) == ["aws-nlb"])
    #expect(pool.levers == [.deadline, .socket])
    #expect(pool.location == FileLocation(file: "profile.yaml", line: 9, column: 5))
  }

  @Test func `schema: a group that says little has the defaults`() throws {
    let rest = try #require(try read(Mistake.whole).groups.last)
    #expect(rest.direction == .outbound)
    #expect(rest.match == ConnectionGroup.Match())
    #expect(rest.sets.isEmpty)
    #expect(rest.canSet == nil)
    #expect(rest.path.roundTrip == .milliseconds(1)...(.milliseconds(20)))
    #expect(rest.middleboxes.isEmpty)
    #expect(rest.objectives.isEmpty)
    #expect(rest.levers == [.sysctl])
  }

  @Test
  func `schema: objectives come in the order of the scenarios, each number with its place`() throws
  {
    let objectives = try #require(try read(Mistake.whole).groups.first).objectives
    #expect(objectives.map(\.scenario) == [.connect, .send, .zeroWindow])
    let connect = try #require(objectives.first)
    #expect(connect.within?.time == .seconds(10))
    #expect(connect.survive?.time == .seconds(3))
    #expect(connect.within?.location == FileLocation(file: "profile.yaml", line: 19, column: 26))
    #expect(connect.why == "users wait")
    #expect(connect.source == "us")
    #expect(connect.recover == nil)
    #expect(objectives[1].recover?.time == .seconds(5))
    #expect(objectives[2].survive?.time == .seconds(3600))
    #expect(objectives[2].within == nil)
  }

  @Test func `schema: requirements on sysctls keep their order, form and place`() throws {
    let requirements = try read(Mistake.whole).sysctls
    #expect(
      requirements.map { "\($0.key.shortName)" } == [
        "somaxconn", "tcp_rmem", "tcp_wmem", "tcp_wmem", "tcp_congestion_control",
        "ip_local_reserved_ports", "tcp_retries2", "swappiness",
      ])
    #expect(
      requirements.map(\.bound) == [
        .atLeast([4096]), .atLeast([4096, 87380, 6_291_456]), .atLeast([1, 1, 1]),
        .atMost([4096, 16384, 4_194_304]), .value(.text("bbr")), .value(.text("")), .keep,
        .value(10),
      ])
    let first = try #require(requirements.first)
    #expect(first.why == "bursts")
    #expect(first.source == "listen(2)")
    #expect(first.location == FileLocation(file: "profile.yaml", line: 26, column: 35))
  }

  @Test func `schema: without connections there is one group, named like the profile`() throws {
    let profile = try read(profile("objectives: { idle: { within: 2min } }"))
    #expect(profile.groups.map(\.name) == ["test"])
    let group = try #require(profile.groups.first)
    #expect(group.objectives.map(\.scenario) == [.idle])
    #expect(group.levers == Set(Lever.allCases))
    #expect(group.path == Path())
    #expect(profile.sysctlsAllowed == nil)
    #expect(!profile.allowBelowRFC)
    #expect(profile.summary.isEmpty)
  }

  @Test(arguments: Scenario.allCases)
  func `schema: every scenario can be asked for`(scenario: Scenario) throws {
    let profile = try read(profile("objectives: { \(scenario.rawValue): { survive: 0s } }"))
    #expect(profile.groups.first?.objectives.map(\.scenario) == [scenario])
  }

  @Test(arguments: [
    ("yes", true), ("true", true), ("True", true), ("no", false), ("false", false), ("NO", false),
  ])
  func `schema: yes and true are the same`(text: String, value: Bool) throws {
    let profile = try read(profile("objectives: {idle: {within: 1h}}\nallow_below_rfc: \(text)"))
    #expect(profile.allowBelowRFC == value)
  }

  @Test
  func `schema: the catalogue is known without extending base, and a profile adds to it`() throws {
    let profile = try read(
      profile(
        """
        path: { middleboxes: [mine, aws-nlb, ipvs] }
        objectives: { idle: { within: 15min } }
        middleboxes:
          mine: { idle_timeout: 90s, on_expiry: close, tcp_keepalive_counts: no }
          ipvs: { idle_timeout: 7200s }
        """))
    let middleboxes = try #require(profile.groups.first).middleboxes
    #expect(middleboxes.map(\.idleTimeout) == [.seconds(90), .seconds(350), .seconds(7200)])
    #expect(middleboxes.map(\.onExpiry) == [.close, .reset, .reset])
    #expect(middleboxes.map(\.tcpKeepaliveCounts) == [false, true, true])
    #expect(middleboxes[0].location == FileLocation(file: "profile.yaml", line: 6, column: 3))
    #expect(middleboxes[0].checkedOn == nil)
    #expect(middleboxes[0].source == nil)
    #expect(middleboxes[1].location.file == "built-in/base.yaml")
    #expect(middleboxes[1].checkedOn == "2026-11-21")
    #expect(middleboxes[1].source != nil)
  }

  @Test func `schema: text that runs over lines becomes one line`() throws {
    let yaml = profile(
      "objectives:\n  idle:\n    within: 1h\n    why: |\n      one\n      # two\n    source: a\n")
    let objective = try #require(try read(yaml).groups.first?.objectives.first)
    #expect(objective.why == "one # two")
  }

  @Test func `schema: a file of middleboxes alone is there to be extended`() throws {
    let profile = try read(
      profile("middleboxes: {a: {idle_timeout: 1s, on_expiry: drop, tcp_keepalive_counts: yes}}"))
    #expect(profile.groups.map(\.objectives) == [[]])
  }

  @Test func `schema: requirements on sysctls alone make a profile`() throws {
    let profile = try read(profile("sysctls: { net.core.somaxconn: { at_most: 4096 } }"))
    #expect(profile.sysctls.map(\.bound) == [.atMost([4096])])
  }

  @Test func `schema: what a program can set is everything, some, or nothing`() throws {
    let groups = try read(
      profile(
        """
        objectives: { idle: { within: 1h } }
        connections:
          - { name: everything }
          - { name: everything-again, can_set: null }
          - { name: some, can_set: [SO_KEEPALIVE, TCP_SYNCNT] }
          - { name: one, can_set: SO_KEEPALIVE }
          - { name: nothing, can_set: [], sets: null }
        """)
    ).groups
    #expect(groups.map { $0.canSet(.synCount) } == [true, true, true, false, false])
    #expect(groups.map { $0.canSet(.keepalive) } == [true, true, true, true, false])
  }

  @Test func `schema: a group names its own middleboxes beside those of the catalogue`() throws {
    let yaml = """
      path: { middleboxes: [aws-nlb], addresses: 2 }
      objectives: { idle: { within: 1h } }
      connections:
        - { name: near, path: { middleboxes: [] } }
        - { name: far, path: { rtt: 80ms, middleboxes: [mine, ipvs] } }
        - { name: default }
      middleboxes:
        mine: { idle_timeout: 90s, on_expiry: drop, tcp_keepalive_counts: yes }
      """
    let groups = try read(profile(yaml)).groups
    #expect(groups.map { $0.middleboxes.map(\.name) } == [[], ["mine", "ipvs"], ["aws-nlb"]])
    #expect(groups.map(\.path.addresses) == [2, 2, 2])
  }

  @Test
  func `schema: a list of ports is what the kernel takes, numbers are joined by blanks`() throws {
    let yaml = """
      sysctls:
        net.ipv4.ip_local_reserved_ports: { value: [8080, 9000-9009] }
        net.ipv4.ip_local_port_range: { value: [10240, 60999] }
      """
    let requirements = try read(profile(yaml)).sysctls.map(\.bound)
    #expect(requirements == [.value(.text("8080,9000-9009")), .value(.numbers([10240, 60999]))])
  }
}
