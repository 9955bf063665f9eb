import Advisor
import ProfileFiles
import Testing

/// A profile from its third line on, the place of the mistake, and a part of the message.
struct Mistake: Sendable, CustomTestStringConvertible {
  let yaml: String
  let line, column: Int
  let message: String
  let nearest: String?

  init(_ yaml: String, _ line: Int, _ column: Int, _ message: String, nearest: String? = nil) {
    (self.yaml, self.line, self.column) = (yaml, line, column)
    (self.message, self.nearest) = (message, nearest)
  }

  var testDescription: String { message }

  func check() throws {
    let error = try #require(failure(profile(yaml)), "read without an error: \(yaml)")
    #expect(error.message.contains(message), "\(error)")
    #expect(error.place == Place(file: "profile.yaml", line: line, column: column), "\(error)")
    #expect(error.nearest == nearest, "\(error)")
  }
}

struct MistakeTests {
  @Test(arguments: [
    Mistake("conections: []", 3, 1, "no field is called “conections”", nearest: "connections"),
    Mistake("zzzzzz: 1", 3, 1, "no field is called “zzzzzz”; known here: schema, name"),
    Mistake(
      "objectives: {conect: {within: 1s}}", 3, 14, "no scenario is called “conect”",
      nearest: "connect"),
    Mistake(
      "objectives: {send: {wihtin: 1s}}", 3, 21, "no field is called “wihtin”",
      nearest: "within"),
    Mistake("levers: [deadline, sokcet]", 3, 20, "no lever is called “sokcet”", nearest: "socket"),
    Mistake(
      "connections: [{name: a, direction: outbond}]", 3, 36,
      "no direction is called “outbond”", nearest: "outbound"),
    Mistake(
      "connections: [{name: a, sets: {SO_KEEPALIV: 1}}]", 3, 32,
      "no socket option is called “SO_KEEPALIV”", nearest: "SO_KEEPALIVE"),
    Mistake(
      "connections: [{name: a, can_set: [TCP_KEEPIDEL]}]", 3, 35,
      "no socket option is called “TCP_KEEPIDEL”", nearest: "TCP_KEEPIDLE"),
    Mistake("connections: [{name: a, match: {port: 1}}]", 3, 33, "no field is called “port”"),
    Mistake(
      "connections: [{name: a, match: {state: establised}}]", 3, 40,
      "no state of a connection is called “establised”", nearest: "established"),
    Mistake(
      "path: {middleboxes: [aws-nbl]}", 3, 22, "no middlebox is called “aws-nbl”",
      nearest: "aws-nlb"),
    Mistake("path: {rrt: 1ms}", 3, 8, "no field is called “rrt”", nearest: "rtt"),
    Mistake(
      "sysctls: {net.ipv4.tcp_retires2: {value: 8}}", 3, 11,
      "no sysctl is called “net.ipv4.tcp_retires2”", nearest: "net.ipv4.tcp_retries2"),
    Mistake(
      "sysctls: {tcp_retries2: {value: 8}}", 3, 11, "no sysctl is called “tcp_retries2”",
      nearest: "net.ipv4.tcp_retries2"),
    Mistake(
      "sysctls: {net/ipv4/tcp_retries2: {value: 8}}", 3, 11, "no sysctl is called",
      nearest: "net.ipv4.tcp_retries2"),
    Mistake("sysctls: {net.nothing.near: {value: 8}}", 3, 11, "no sysctl is called “net.nothing."),
    Mistake("sysctls: {vm.a=b: {value: 8}}", 3, 11, "no sysctl is called “vm.a=b”"),
    Mistake(
      "sysctls: {net.core.somaxconn: {atleast: 8}}", 3, 32, "no field is called “atleast”",
      nearest: "at_least"),
    Mistake(
      "middleboxes: {a: {idle_timout: 1s}}", 3, 19, "no field is called “idle_timout”",
      nearest: "idle_timeout"),
    Mistake(
      "middleboxes: {a: {idle_timeout: 1s, on_expiry: rst, tcp_keepalive_counts: no}}", 3, 48,
      "no way to expire is called “rst”", nearest: "reset"),
  ])
  func `an unknown name is refused with the nearest known one`(mistake: Mistake) throws {
    try mistake.check()
  }

  @Test(arguments: [
    Mistake("path: fast", 3, 7, "“path” is “fast”, where fields are needed"),
    Mistake("objectives: [idle]", 3, 13, "“objectives” is a list, where scenarios are needed"),
    Mistake("objectives: {idle: 2min}", 3, 20, "“idle” is “2min”, where fields are needed"),
    Mistake("sysctls: [a]", 3, 10, "“sysctls” is a map from keys to demands"),
    Mistake("sysctls: {net.core.somaxconn: 4096}", 3, 31, "is “4096”, where fields are needed"),
    Mistake("middleboxes: [a]", 3, 14, "“middleboxes” is a map from names"),
    Mistake("connections: {pool: {}}", 3, 14, "“connections” is a list of groups"),
    Mistake("connections: []", 3, 14, "“connections” is a list of groups"),
    Mistake("connections: [pool]", 3, 15, "a group of connections is “pool”"),
    Mistake("connections: [{}]", 3, 15, "the field “name” is missing"),
    Mistake("connections: [{name: [a]}]", 3, 22, "a list stands where text is needed"),
    Mistake("connections: [{name: a}, {name: a}]", 3, 33, "two groups are called “a”"),
    Mistake("levers: {socket: yes}", 3, 9, "a map stands where a list is needed"),
    Mistake("summary: [a]", 3, 10, "a list stands where text is needed"),
    Mistake("summary: ' '", 3, 10, "stands where text is needed"),
    Mistake("summary:", 3, 1, "“summary” has no value; write null"),
    Mistake("levers:\n  -\n  - socket", 4, 4, "this item of the list is empty"),
    Mistake("levers: [null]", 3, 10, "null stands where a lever is needed"),
    Mistake("allow_below_rfc: maybe", 3, 18, "“maybe” stands where yes or no is needed"),
    Mistake("path: {addresses: 0}", 3, 19, "addresses is 0, and may be 1 to 1000"),
    Mistake("path: {segments: many}", 3, 18, "“many” stands where a whole number is needed"),
    Mistake(
      "connections: [{name: a, match: {remote_port: 65536}}]", 3, 46,
      "a port is 65536, and may be 1 to 65535"),
  ])
  func `a value of the wrong kind is refused`(mistake: Mistake) throws { try mistake.check() }

  @Test(arguments: [
    Mistake(
      "connections: [{name: a, sets: {TCP_KEEPIDLE: 32768}}]", 3, 46,
      "TCP_KEEPIDLE (seconds) is 32768, and may be 1 to 32767"),
    Mistake("connections: [{name: a, sets: {SO_KEEPALIVE: 2}}]", 3, 46, "may be 0 to 1"),
    Mistake(
      "connections: [{name: a, sets: {TCP_USER_TIMEOUT: 30s}}]", 3, 50,
      "“30s” stands where a whole number is needed"),
    Mistake(
      "sysctls: {net.ipv4.tcp_syn_retries: {value: 128}}", 3, 45,
      "net.ipv4.tcp_syn_retries cannot be “128”: the kernel accepts 1 to 127"),
    Mistake("sysctls: {net.ipv4.tcp_retries2: {at_least: 256}}", 3, 45, "accepts 0 to 255"),
    Mistake("sysctls: {net.ipv4.tcp_retries2: {value: eight}}", 3, 42, "a whole number is needed"),
    Mistake("sysctls: {net.ipv4.tcp_rmem: {at_most: 4096}}", 3, 40, "3 whole numbers are needed"),
    Mistake(
      "sysctls: {net.ipv4.tcp_rmem: {value: [1, 2, x]}}", 3, 38,
      "3 whole numbers are needed"),
    Mistake("sysctls: {net.ipv4.tcp_congestion_control: {at_least: bbr}}", 3, 55, "has no order"),
    Mistake("sysctls: {vm.swappiness: {at_least: low}}", 3, 37, "has no order"),
  ])
  func `a value out of range is refused with the range`(mistake: Mistake) throws {
    try mistake.check()
  }

  @Test(arguments: [
    Mistake(
      "objectives: {send: {within: 10s, survive: 30s}}", 3, 43,
      "“send” cannot survive “30s” and end within “10s”, as profile.yaml:3:29 asks"),
    Mistake("objectives: {send: {recover: 3s}}", 3, 30, "which is missing"),
    Mistake("objectives: {send: {within: 10s, recover: 3s}}", 3, 43, "which is missing"),
    Mistake("objectives: {send: {}}", 3, 20, "“send” asks for nothing"),
    Mistake("objectives: {send: {why: because}}", 3, 20, "“send” asks for nothing"),
    Mistake("sysctls: {net.core.somaxconn: {}}", 3, 31, "needs one of value, keep, or at_least"),
    Mistake("sysctls: {net.core.somaxconn: {value: 1, at_least: 1}}", 3, 31, "needs one of"),
    Mistake("sysctls: {net.core.somaxconn: {keep: yes, at_most: 1}}", 3, 31, "needs one of"),
    Mistake("sysctls: {net.core.somaxconn: {keep: no}}", 3, 38, "“keep” is yes or left out"),
    Mistake(
      "sysctls: {net.core.somaxconn: {at_least: 9, at_most: 8}}", 3, 42,
      "“at_least” is above “at_most”"),
    Mistake("sysctls: {swappiness: {value: 9}}", 3, 11, "no sysctl is called “swappiness”"),
    Mistake("objectives: {}", 1, 1, "the profile asks for nothing"),
    Mistake("summary: nothing", 1, 1, "the profile asks for nothing"),
    Mistake("extends: [base]", 1, 1, "the profile asks for nothing"),
    Mistake("connections: [{name: a}]", 1, 1, "the profile asks for nothing"),
    Mistake(
      "connections: [{name: a}]\npath: {middleboxes: [nothing-like-it]}", 4, 22,
      "no middlebox is called “nothing-like-it”"),
    Mistake(
      "middleboxes: {a: {on_expiry: drop, tcp_keepalive_counts: yes}}", 3, 18,
      "the field “idle_timeout” is missing"),
    Mistake(
      "middleboxes: {a: {idle_timeout: 1s, tcp_keepalive_counts: yes}}", 3, 18,
      "the field “on_expiry” is missing"),
    Mistake(
      "middleboxes: {a: {idle_timeout: 1s, on_expiry: drop}}", 3, 18,
      "the field “tcp_keepalive_counts” is missing"),
    Mistake(
      "middleboxes: {a: {idle_timeout: 1s, on_expiry: drop, tcp_keepalive_counts: no, "
        + "range: 2s..3s}}", 3, 33, "“1s” is outside of the range “2s..3s”"),
    Mistake(
      "middleboxes: {a: {idle_timeout: 1s, on_expiry: drop, tcp_keepalive_counts: no, "
        + "checked_on: 21.11.2026}}", 3, 92, "is no date; write for example 2026-11-21"),
    Mistake("middleboxes: {a b: null}", 3, 15, "“a b” is no name of a middlebox"),
  ])
  func `what makes no sense is refused`(mistake: Mistake) throws { try mistake.check() }

  @Test(arguments: [
    ("name: test", 1, 1, "the field “schema” is missing"),
    ("schema: 2\nname: test", 1, 9, "schema “2” is not known; this version reads schema 1"),
    ("schema: 1", 1, 1, "the field “name” is missing"),
    ("schema: 1\nname: null", 1, 1, "the field “name” is missing"),
    ("schema: 1\nname: ../x", 2, 7, "“../x” stands where a name"),
    ("schema: 1\nname: 'a b'", 2, 7, "“a b” stands where a name"),
    ("[1]", 1, 1, "a profile is a list, where fields are needed"),
    ("null", 1, 1, "a profile is null"),
    ("just text", 1, 1, "a profile is “just text”"),
  ])
  func `the head of a profile is needed`(
    yaml: String, line: Int, column: Int, message: String
  ) throws {
    let error = try #require(failure(yaml))
    #expect(error.message.contains(message), "\(error)")
    #expect(error.place == Place(file: "profile.yaml", line: line, column: column))
  }
}
