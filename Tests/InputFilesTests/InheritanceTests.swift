import Advisor
import InputFiles
import TCPModel
import Testing

struct InheritanceTests {
  private static let common = """
    schema: 1
    name: common
    summary: not inherited
    path: { rtt: 5ms, middleboxes: [aws-nlb, ipvs] }
    levers: [socket, sysctl]
    objectives:
      connect: { within: 10s, survive: 3s, why: old }
      idle: { within: 2min }
    sysctls:
      net.core.somaxconn: { at_least: 4096, why: bursts }
      net.ipv4.tcp_retries2: { keep: yes }
    """

  private func group(_ lines: String) throws -> ConnectionGroup {
    let child = profile("extends: ./common.yaml\n" + lines)
    return try #require(try read(child, others: ["./common.yaml": Self.common]).groups.first)
  }

  @Test func `extends: what is not said is inherited, name and summary are not`() throws {
    let child = profile("extends: ./common.yaml")
    let inherited = try read(child, others: ["./common.yaml": Self.common])
    #expect(inherited.name == "test")
    #expect(inherited.summary.isEmpty)
    #expect(inherited.groups.map(\.name) == ["test"])
    let group = try #require(inherited.groups.first)
    #expect(group.objectives.map(\.scenario) == [.connect, .idle])
    #expect(group.levers == [.socket, .sysctl])
    #expect(
      group.objectives[1].within?.location
        == FileLocation(file: "./common.yaml", line: 8, column: 19))
    #expect(inherited.sysctls.map(\.location.file) == ["./common.yaml", "./common.yaml"])
  }

  @Test func `extends: maps are merged by key, at every depth`() throws {
    let group = try group("path: { rtt: 1ms }\nobjectives: { connect: { within: 5s } }")
    #expect(group.path.roundTrip == .milliseconds(1)...(.milliseconds(1)))
    #expect(group.middleboxes.map(\.name) == ["aws-nlb", "ipvs"])
    let connect = try #require(group.objectives.first)
    #expect(connect.within?.time == .seconds(5))
    #expect(connect.survive?.time == .seconds(3))
    #expect(connect.within?.location == FileLocation(file: "profile.yaml", line: 5, column: 34))
    #expect(connect.survive?.location == FileLocation(file: "./common.yaml", line: 7, column: 36))
    #expect(connect.why == "old")
  }

  @Test func `extends: lists are replaced`() throws {
    let group = try group("levers: [deadline]\npath: { middleboxes: [pf] }")
    #expect(group.levers == [.deadline])
    #expect(group.middleboxes.map(\.name) == ["pf"])
  }

  @Test func `extends: null removes what is inherited`() throws {
    let group = try group(
      "path: { middleboxes: null }\nlevers: ~\nobjectives: { idle: null, connect: { survive: ~ } }")
    #expect(group.middleboxes.isEmpty)
    #expect(group.levers == Set(Lever.allCases))
    #expect(group.path.roundTrip == .milliseconds(5)...(.milliseconds(5)))
    #expect(group.objectives.map(\.scenario) == [.connect])
    #expect(group.objectives[0].survive == nil)
    #expect(group.objectives[0].within != nil)
  }

  @Test func `extends: null in quotes is text`() throws {
    let error = try #require(failure(profile("objectives: \"null\"")))
    #expect(error.message.hasPrefix("“objectives” is “null”"))
  }

  @Test
  func `extends: a requirement made anew replaces the inherited one and keeps its reason`() throws {
    let child = profile(
      """
      extends: ./common.yaml
      sysctls: { net.core.somaxconn: { value: 8192 }, net.ipv4.tcp_retries2: null }
      """)
    let requirements = try read(child, others: ["./common.yaml": Self.common]).sysctls
    #expect(requirements.map(\.bound) == [.value(8192)])
    #expect(requirements.first?.why == "bursts")
    #expect(requirements.first?.location.file == "profile.yaml")
  }

  @Test func `extends: null removes one bound of a requirement and leaves the other`() throws {
    let common = profile("sysctls: { net.core.somaxconn: { at_least: 4096, at_most: 65535 } }")
    let child = profile(
      "extends: ./common.yaml\nsysctls: { net.core.somaxconn: { at_most: null } }")
    let requirements = try read(child, others: ["./common.yaml": common]).sysctls
    #expect(requirements.map(\.bound) == [.atLeast([4096])])
    let anew = profile(
      "extends: ./common.yaml\nsysctls: { net.core.somaxconn: { at_most: 9 } }")
    #expect(
      try read(anew, others: ["./common.yaml": common]).sysctls.map(\.bound) == [.atMost([9])])
  }

  @Test
  func `extends: groups, patterns and permissions are inherited, replaced and removed`() throws {
    let common = profile(
      """
      connections: [{ name: a, objectives: { idle: { within: 1h } } }, { name: b }]
      sysctls_allowed: ["net.ipv4.*"]
      allow_below_rfc: yes
      objectives: { send: { survive: 100s } }
      """)
    func child(_ lines: String) throws -> Profile {
      let child = profile("extends: ./common.yaml\n" + lines)
      return try read(child, others: ["./common.yaml": common])
    }
    let inherited = try child("")
    #expect(inherited.groups.map(\.name) == ["a", "b"])
    #expect(inherited.allowBelowRFC)
    #expect(inherited.allows(.tcpRetries2))
    #expect(!inherited.allows(SysctlKey("net.core.somaxconn")))
    let replaced = try child("sysctls_allowed: [net.core.somaxconn]\nallow_below_rfc: no")
    #expect(replaced.sysctlsAllowed == ["net.core.somaxconn"])
    #expect(!replaced.allowBelowRFC)
    let removed = try child("sysctls_allowed: null\nallow_below_rfc: ~\nconnections: null")
    #expect(removed.sysctlsAllowed == nil)
    #expect(!removed.allowBelowRFC)
    #expect(removed.groups.map(\.name) == ["test"])
    #expect(removed.groups.first?.objectives.map(\.scenario) == [.send])
  }

  @Test func `extends: a group takes, replaces or removes the levers of its profile`() throws {
    let groups = try read(
      profile(
        """
        levers: [socket]
        objectives: { idle: { within: 1h } }
        connections:
          - { name: takes }
          - { name: replaces, levers: [deadline, sysctl] }
          - { name: removes, levers: null }
          - { name: none, levers: [] }
        """)
    ).groups
    #expect(
      groups.map(\.levers) == [[.socket], [.deadline, .sysctl], Set(Lever.allCases), []])
  }

  @Test func `extends: a middlebox that is removed is unknown`() throws {
    let error = try #require(
      failure(profile("path: { middleboxes: pf }\nmiddleboxes: { pf: null }")))
    #expect(error.message == "no middlebox is called “pf”")
    #expect(error.location?.line == 3)
  }

  @Test func `extends: the later of several files is laid on top`() throws {
    let files = [
      "./a.yaml": "schema: 1\nname: a\nobjectives: { idle: { within: 1min, survive: 1s } }",
      "./b.yaml": "schema: 1\nname: b\nobjectives: { idle: { within: 2min }, send: {survive: 1s} }",
    ]
    let merged = try read(profile("extends: [./a.yaml, ./b.yaml]"), others: files)
    let objectives = try #require(merged.groups.first).objectives
    #expect(objectives.map(\.scenario) == [.idle, .send])
    #expect(objectives[0].within?.time == .seconds(120))
    #expect(objectives[0].survive?.location.file == "./a.yaml")
  }

  @Test
  func `extends: a file may be inherited twice, and connections are replaced as a whole`() throws {
    let files = [
      "./a.yaml": "schema: 1\nname: a\nextends: ./c.yml\nconnections: [{name: x}, {name: y}]",
      "./b.yaml": "schema: 1\nname: b\nextends: ./c.yml\nconnections: [{name: z}]",
      "./c.yml": "schema: 1\nname: c\nobjectives: { idle: { within: 1min } }",
    ]
    let merged = try read(profile("extends: [./a.yaml, ./b.yaml]"), others: files)
    #expect(merged.groups.map(\.name) == ["z"])
    #expect(merged.groups.first?.objectives.map(\.scenario) == [.idle])
    #expect(merged.groups.first?.location == FileLocation(file: "./b.yaml", line: 4, column: 15))
  }

  @Test func `extends: a group overrides the defaults by scenario and by key`() throws {
    let groups = try read(
      profile(
        """
        path: { rtt: 1ms..2ms, addresses: 3, middleboxes: pf }
        objectives: { connect: { within: 9s }, idle: { within: 1h, survive: 1min } }
        connections:
          - { name: a, objectives: { idle: { within: 5min }, send: { survive: 1s } } }
          - { name: b, objectives: { connect: null }, path: { rtt: 3ms } }
          - { name: c, objectives: null, path: null }
        """)
    ).groups
    #expect(
      groups.map { $0.objectives.map(\.scenario) } == [[.connect, .idle, .send], [.idle], []])
    #expect(groups[0].objectives[1].within?.time == .seconds(300))
    #expect(groups[0].objectives[1].survive?.time == .seconds(60))
    #expect(groups[1].path == Path(roundTrip: .milliseconds(3)...(.milliseconds(3)), addresses: 3))
    #expect(groups[1].middleboxes.map(\.name) == ["pf"])
    #expect(groups[2].path == Path())
    #expect(groups[2].middleboxes.isEmpty)
  }

  @Test func `extends: a contradiction between two files names both`() throws {
    let child = profile("extends: ./common.yaml\nobjectives: { connect: { within: 2s } }")
    let error = try #require(failure(child, others: ["./common.yaml": Self.common]))
    #expect(error.location == FileLocation(file: "./common.yaml", line: 7, column: 36))
    #expect(error.message.contains("as profile.yaml:4:34 asks"))
    #expect(error.sourceLine == "  connect: { within: 10s, survive: 3s, why: old }")
  }

  @Test(arguments: [
    ("objectives: { idel: { within: 1s } }", 3, 15, "no scenario is called “idel”"),
    ("objektives: {}", 3, 1, "no field is called “objektives”"),
    ("path: { rtt: 5 }", 3, 14, "has no unit"), ("path: [", 3, 8, "not YAML"),
    ("sysctls: { a: 1 }", 3, 12, "no sysctl is called “a”"),
  ])
  func `extends: a mistake in an inherited file is shown there`(
    lines: String, line: Int, column: Int, message: String
  ) throws {
    let base = "schema: 1\nname: base-file\n" + lines
    let error = try #require(failure(profile("extends: ./b.yaml"), others: ["./b.yaml": base]))
    #expect(error.message.contains(message), "\(error)")
    #expect(
      error.location == FileLocation(file: "./b.yaml", line: line, column: column), "\(error)")
  }

  @Test(
    arguments: [
      ("extends: ./missing.yaml", 10, "there is no file “./missing.yaml”", nil),
      ("extends: [base, sever]", 17, "no built-in profile is called “sever”", "server"),
      ("extends: ./profile.yaml", 10, "", nil), ("extends: {a: b}", 10, "a map stands where", nil),
      ("extends: [[a]]", 11, "a list stands where text is needed", nil),
    ] as [(String, Int, String, String?)])
  func `extends: what cannot be extended is refused at its entry`(
    lines: String, column: Int, message: String, nearest: String?
  ) throws {
    let error = try #require(failure(profile(lines)))
    #expect(error.message.contains(message), "\(error)")
    #expect(error.nearest == nearest)
    #expect(
      error.location == FileLocation(file: "profile.yaml", line: 3, column: column), "\(error)")
  }

  @Test func `extends: a circle is shown`() throws {
    let files = [
      "./a.yaml": "schema: 1\nname: a\nextends: [./b.yaml]",
      "./b.yaml": "schema: 1\nname: b\nextends: [base, ./a.yaml]",
    ]
    let error = try #require(failure(profile("extends: ./a.yaml"), others: files))
    #expect(
      error.message == "“extends” goes round in a circle: ./a.yaml → ./b.yaml → ./a.yaml")
    #expect(error.location == FileLocation(file: "./b.yaml", line: 3, column: 17))
    let itself = ["profile.yaml": profile("extends: profile.yaml")]
    let short = try #require(failure(profile("extends: profile.yaml"), others: itself))
    #expect(short.message.hasSuffix("circle: profile.yaml → profile.yaml"))
  }

  @Test func `extends: a bomb of files ends`() throws {
    var files: [String: String] = [:]
    for level in 0..<20 {
      let next = "./\(level + 1).yaml"
      files["./\(level).yaml"] = "schema: 1\nname: a\nextends: [\(next), \(next)]"
    }
    files["./20.yaml"] = "schema: 1\nname: a"
    let error = try #require(failure(profile("extends: ./0.yaml"), others: files))
    #expect(error.message == "“extends” reads more than 100 files")
  }

  @Test
  func `extends: the file that extends is told to who finds files, and its error gets a place`()
    throws
  {
    let source = ProfileSource(file: "dir/p.yaml", bytes: Array(profile("extends: x.yml").utf8))
    let error = #expect(throws: ProfileError.self) {
      try ProfileReader.profile(from: source) { (path, from) throws(ProfileError) in
        throw ProfileError("\(path) beside \(from.file): EACCES")
      }
    }
    #expect(error?.message == "x.yml beside dir/p.yaml: EACCES")
    #expect(error?.location == FileLocation(file: "dir/p.yaml", line: 3, column: 10))
  }
}
