import Advisor
import TCPModel
import Testing

@testable import InputFiles

/// Known programs in profiles, and the times that programs keep.
struct ProgramTests {
  private func group(_ lines: String) throws -> ConnectionGroup {
    let written = lines.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")
    let yaml = profile(
      "connections:\n  - name: pool\n\(written)\n    objectives: { connect: { within: 10s } }\n")
    return try #require(try read(yaml).groups.first)
  }

  private func mistake(_ lines: String) -> ProfileError? {
    let written = lines.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")
    return failure(
      profile(
        "connections:\n  - name: pool\n\(written)\n    objectives: { connect: { within: 10s } }\n"))
  }

  @Test func `program: its own times are read`() throws {
    let group = try group(
      "application: { connect_timeout: 10s, total: 30s, heartbeat: 30s, read_timeout: 1min }")
    #expect(group.application.connectTimeout == .seconds(10))
    #expect(group.application.connectTotal == .seconds(30))
    #expect(group.application.heartbeat == .seconds(30))
    #expect(group.application.readTimeout == .seconds(60))
  }

  @Test(arguments: [
    ("application: { heartbeat: 30 }", "has no unit"),
    ("application: { heartbeat: 0s }", "more than 0s"),
    ("application: { hartbeat: 30s }", "heartbeat"),
    ("application: { connect_timeout: 10s, total: 5s }", "all addresses"),
    ("application: 10s", "“application” is “10s”"),
    ("software: libqp", "libpq"),
    ("software: [libpq]", "a list"),
  ])
  func `program: a mistake is told with its place`(lines: String, words: String) throws {
    let error = try #require(mistake(lines))
    #expect(error.location?.line == 5)
    #expect("\(error)".contains(words), "\(error)")
  }

  @Test func `program: a known one says what it sets and can set`() throws {
    let group = try group("software: nginx-upstream")
    #expect(group.sets == SocketOptions())
    #expect(group.canSet == [.keepalive])
    #expect(group.application.connectTimeout == .seconds(60))
    let pool = try self.group("software: libpq")
    #expect(pool.sets[.keepalive] == 1)
    #expect(pool.hasSingleUserTimeout)
    let go = try self.group("software: go")
    #expect(go.sets[.keepIdle] == 15 && go.sets[.keepInterval] == 15 && go.sets[.keepCount] == 9)
    #expect(go.canSet == nil)
    #expect(try self.group("software: rabbitmq").direction == .inbound)
    #expect(try self.group("software: varnish-client").ranges[.keepInterval] == 1...100)
    #expect(pool.ranges.isEmpty)
  }

  @Test func `program: what a group says itself wins, and null removes`() throws {
    let group = try group(
      """
      software: redis-py
      sets: { TCP_KEEPIDLE: 20, TCP_KEEPCNT: null }
      can_set: [SO_KEEPALIVE]
      """)
    #expect(group.sets == SocketOptions([.keepalive: 1, .keepIdle: 20, .keepInterval: 5]))
    #expect(group.canSet == [.keepalive])
    #expect(try self.group("software: pgjdbc\napplication: null").application.connectTimeout == nil)
  }

  @Test func `program: a profile adds its own and corrects known ones`() throws {
    let yaml = profile(
      """
      software:
        ours: { sets: { SO_KEEPALIVE: 1 }, application: { heartbeat: 10s } }
        pgjdbc: { application: { connect_timeout: 3s } }
      connections:
        - { name: a, software: ours, objectives: { idle: { within: 1min } } }
        - { name: b, software: pgjdbc, objectives: { idle: { within: 1min } } }
      """)
    let groups = try read(yaml).groups
    #expect(groups[0].application.heartbeat == .seconds(10))
    #expect(groups[1].application.connectTimeout == .seconds(3))
    #expect(groups[1].canSet == [.keepalive])
  }

  @Test func `program: each known one says what it is and where that is from`() throws {
    let known = try ProfileReader.knownPrograms()
    #expect(known.map(\.name) == BuiltInProfiles.programs)
    #expect(Set(known.map(\.name)).count == known.count)
    for program in known {
      #expect(program.summary?.hasSuffix(".") == true, "\(program.name)")
      #expect(program.source?.isEmpty == false, "\(program.name)")
      #expect(program.notes?.hasSuffix(".") == true, "\(program.name)")
      #expect(program.checkedOn != nil, "\(program.name)")
      #expect(
        program.canSet?.isEmpty != true || !program.sets.isEmpty
          || program.notes?.contains("no sysctl reaches it") == true
          || program.notes?.contains("nothing on this host") == true, "\(program.name)")
    }
  }

  @Test(arguments: [
    ("closes_unused: { name: a }", "the field “after” is missing"),
    ("closes_unused: { name: a, after: 0s }", "more than 0s"),
    ("closes_unused: 60s", "“closes_unused” is “60s”"),
    ("knobs: { TCP_KEEPIDLE: { name: a, part: 10 } }", "part"),
    ("knobs: { TCP_KEEPIDLE: { name: a, ignored: [b] } }", "ignored_in"),
  ])
  func `program: a mistake in what is known of one is told`(lines: String, words: String) throws {
    let error = try #require(
      failure(profile("software:\n  ours: { \(lines) }\nobjectives: { idle: { within: 1min } }\n")))
    #expect(error.location?.line == 4)
    #expect("\(error)".contains(words), "\(error)")
  }

  @Test func `program: the files of programs have names, settings and a way to be read`() throws {
    let formats = try ConfigurationFormat.known()
    #expect(Set(formats.map(\.name)).count == formats.count && formats.count > 15)
    for format in formats {
      #expect(!format.programs.flatMap(\.knobs).isEmpty, "\(format.name)")
      // A value that holds several is taken apart.
      let hasParts = format.programs.flatMap(\.knobs).contains { $0.part != nil }
      #expect(hasParts == (format.separator != nil), "\(format.name)")
      #expect(format.inherited.map(format.sections.contains) ?? true, "\(format.name)")
    }
    let names = [
      "/etc/nginx/sites-enabled/a", "haproxy.cfg", "a/b.socket.d/x.conf", "~/.ssh/config",
    ]
    for name in names { #expect(formats.count { $0.names(name) } == 1, "\(name)") }
    for name in ["sysctl.conf", "60-a.conf", "config", "sites-enabled/a", "a.yaml"] {
      #expect(!formats.contains { $0.names(name) }, "\(name)")
    }
  }
}
