/// A profile from its third line on, the place of the mistake, and a part of the message.
package struct Mistake: Sendable, CustomStringConvertible {
  package let yaml: String
  package let line, column: Int
  package let message: String
  package let nearest: String?
  /// Whether a JSON Schema can tell: not what depends on two places at once.
  package private(set) var isOfShape = true

  init(_ yaml: String, _ line: Int, _ column: Int, _ message: String, nearest: String? = nil) {
    (self.yaml, self.line, self.column) = (yaml, line, column)
    (self.message, self.nearest) = (message, nearest)
  }

  /// The same mistake, which only the reader sees.
  var unseen: Mistake {
    var mistake = self
    mistake.isOfShape = false
    return mistake
  }

  package var description: String { message }
}

extension Mistake {
  /// Names that nobody knows.
  package static let names = [
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
    Mistake("lint: {ignore: [{rule: x, why: y}]}", 3, 24, "no rule is called “x”"),
    Mistake("lint: {ignore: [{rule: TA050}]}", 3, 17, "the field “why” is missing"),
    Mistake(
      "lint: {ignore: [{rule: TA050, why: x, fiel: y}]}", 3, 39, "no field is called “fiel”",
      nearest: "file"),
    Mistake("path: {rrt: 1ms}", 3, 8, "no field is called “rrt”", nearest: "rtt"),
    Mistake(
      "sysctls: {net.ipv4.tcp_retires2: {value: 8}}", 3, 11,
      "no sysctl is called “net.ipv4.tcp_retires2”", nearest: "net.ipv4.tcp_retries2"),
    Mistake(
      "sysctls: {net.ipv4.tcp_tw_recycle: {value: 0}}", 3, 11,
      "“net.ipv4.tcp_tw_recycle”: removed in Linux 4.12; it dropped the SYNs"),
    Mistake(
      "sysctls: {tcp_fack: {value: 0}}", 3, 11,
      "“tcp_fack”: without effect since Linux 4.19 or earlier"),
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
  ]

  /// Values of the wrong kind.
  package static let kinds = [
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
    Mistake("connections: [{name: a}, {name: a}]", 3, 33, "two groups are called “a”").unseen,
    Mistake("levers: {socket: yes}", 3, 9, "a map stands where a list is needed"),
    Mistake("summary: [a]", 3, 10, "a list stands where text is needed"),
    Mistake("summary: ' '", 3, 10, "stands where text is needed"),
    Mistake("summary:", 3, 1, "“summary” has no value; write null"),
    Mistake("levers:\n  -\n  - socket", 4, 4, "this item of the list is empty"),
    Mistake("levers: [null]", 3, 10, "null stands where a lever is needed"),
    Mistake(
      "connections: [{name: a, single_user_timeout: 30s}]", 3, 46,
      "“30s” stands where yes or no is needed"),
    Mistake("allow_below_rfc: maybe", 3, 18, "“maybe” stands where yes or no is needed"),
    Mistake("path: {addresses: 0}", 3, 19, "addresses is 0, and may be 1 to 1000"),
    Mistake("path: {segments: many}", 3, 18, "“many” stands where a whole number is needed"),
    Mistake(
      "connections: [{name: a, match: {remote_port: 65536}}]", 3, 46,
      "a port is 65536, and may be 1 to 65535"),
  ]

  /// Values out of range.
  package static let ranges = [
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
  ]

  /// What no socket can be matched with.
  package static let matches = [
    remote("10.0.0.0/33", "the prefix length of “10.0.0.0/33” may be 0 to 32"),
    remote("fd00::/129", "the prefix length of “fd00::/129” may be 0 to 128"),
    remote("10.0.0.0/", "the prefix length of “10.0.0.0/” may be"),
    remote("10.0.0.0/+8", "the prefix length of “10.0.0.0/+8” may be"),
    remote("10.0.0.0/08", "the prefix length of “10.0.0.0/08” may be"),
    remote("10.0.0.0/8/8", "the prefix length of “10.0.0.0/8/8” may be"),
    remote("10.0.0.0/255.0.0.0", "the prefix length of “10.0.0.0/255.0.0.0” may be"),
    remote(
      "10.0.0.5/8",
      "an address inside a network: write 10.0.0.0/8 for the network, or 10.0.0.5 for the address"
    ).unseen,
    remote("fd00::1/64", "write fd00::/64 for the network, or fd00::1 for the address").unseen,
    remote("db.example.com", "“db.example.com” stands where an address, or a network such as"),
    remote("10.0.0.1:5432", "stands where an address"),
    remote("'[::1]'", "stands where an address"),
    remote("fe80::1%eth0", "stands where an address"),
    remote("10.0.0", "stands where an address"), remote("10", "stands where an address"),
    remote("10.0.0.256", "stands where an address").unseen,
    remote("010.0.0.1", "stands where an address").unseen,
    remote("10.0.0.*", "stands where an address"),
    remote("[10.0.0.1, 10.0.0.2]", "a list stands where text is needed"),
    remote("[]", "a list stands where text is needed"),
    user("4294967295", "a user ID is 4294967295, and may be 0 to 4294967294").unseen,
    user("-1", "a user ID is -1, and may be 0 to").unseen,
    user("99999999999999999999", "a whole number is needed").unseen,
    user("www:data", "no user can be called “www:data”").unseen,
    user("'app-*'", "no user can be called “app-*”").unseen,
    user("two words", "no user can be called “two words”").unseen,
    user("-x", "no user can be called “-x”").unseen,
    match("remote_port: 0", 46, "a port is 0, and may be 1 to 65535"),
    match("local_port: -1", 45, "a port is -1, and may be 1 to 65535"),
    match("local_port: 8000-9000", 45, "“8000-9000” stands where a whole number is needed"),
    match("local_port: [80, 443]", 45, "a list stands where a whole number is needed"),
    match("state: [established]", 40, "a list stands where text is needed"),
    match("process: []", 42, "a list stands where text is needed"),
    match("process: ' '", 42, "stands where text is needed"),
    match("state: listen, remote: 10.0.0.1", 32, "a socket that listens has no other side").unseen,
    match("state: LISTEN, remote_port: 80", 32, "a socket that listens has no other side").unseen,
  ]

  private static func match(_ yaml: String, _ column: Int, _ message: String) -> Mistake {
    Mistake("connections: [{name: a, match: {\(yaml)}}]", 3, column, message)
  }

  private static func remote(_ text: String, _ message: String) -> Mistake {
    match("remote: \(text)", 41, message)
  }

  private static func user(_ text: String, _ message: String) -> Mistake {
    match("user: \(text)", 39, message)
  }

  /// What makes no sense.
  package static let contradictions = [
    Mistake(
      "objectives: {send: {within: 10s, survive: 30s}}", 3, 43,
      "“send” cannot survive “30s” and end within “10s”, as profile.yaml:3:29 asks"
    ).unseen,
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
      "“at_least” is above “at_most”"
    ).unseen,
    Mistake(
      "sysctls: {net.ipv4.tcp_rmem: {at_least: [5000, 7000, 9000], at_most: [9000, 6000, 9000]}}",
      3, 41,
      "“at_least” is above “at_most”"
    ).unseen,
    Mistake("sysctls: {swappiness: {value: 9}}", 3, 11, "no sysctl is called “swappiness”"),
    Mistake("objectives: {}", 1, 1, "the profile asks for nothing"),
    Mistake("summary: nothing", 1, 1, "the profile asks for nothing"),
    Mistake("extends: [base]", 1, 1, "the profile asks for nothing").unseen,
    Mistake("connections: [{name: a}]", 1, 1, "the profile asks for nothing").unseen,
    Mistake(
      "connections: [{name: a}]\npath: {middleboxes: [nothing-like-it]}", 4, 22,
      "no middlebox is called “nothing-like-it”"
    ).unseen,
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
        + "range: 2s..3s}}", 3, 33, "“1s” is outside of the range “2s..3s”"
    ).unseen,
    Mistake(
      "middleboxes: {a: {idle_timeout: 1s, on_expiry: drop, tcp_keepalive_counts: no, "
        + "checked_on: 21.11.2026}}", 3, 92, "is no date; write for example 2026-11-21"),
    Mistake("middleboxes: {a b: null}", 3, 15, "“a b” is no name of a middlebox"),
  ]

  /// Whole profiles without a right head.
  package static let heads = [
    ("name: test", 1, 1, "the field “schema” is missing"),
    ("schema: 2\nname: test", 1, 9, "schema “2” is not known; this version reads schema 1"),
    ("schema: 1", 1, 1, "the field “name” is missing"),
    ("schema: 1\nname: null", 1, 1, "the field “name” is missing"),
    ("schema: 1\nname: ../x", 2, 7, "“../x” stands where a name"),
    ("schema: 1\nname: 'a b'", 2, 7, "“a b” stands where a name"),
    ("[1]", 1, 1, "a profile is a list, where fields are needed"),
    ("null", 1, 1, "a profile is null"),
    ("just text", 1, 1, "a profile is “just text”"),
  ]

  /// What is no duration, as `idle within`.
  package static let durations = [
    ("10", "“10” has no unit; write for example 10s"),
    ("0", "“0” has no unit; write for example 0s"),
    ("1.5", "“1.5” has no unit; write for example 1.5s"),
    ("5m", "“5m” has no known unit; those are us, ms, s, min and h"),
    ("5d", "has no known unit"), ("5S", "has no known unit"), ("1min30s", "has no known unit"),
    ("'1,5s'", "has no known unit"), ("-5s", "“-5s” is no duration"), ("soon", "is no duration"),
    (".5s", "is no duration"), ("5.s", "is no duration"), ("1.2.3s", "is no duration"),
    ("1e3s", "has no known unit"), ("٣s", "is no duration"), ("\"\"", "is no duration"),
    ("8761h", "“8761h” is longer than a year"), ("99999999999999999999s", "longer than a year"),
    ("999999999999999999999s", "is no duration"), ("[10s]", "a list stands where"),
    ("{ s: 10 }", "a map stands where"), ("0s", "nothing ends within 0s"),
  ]

  /// What is no round trip, as `path rtt`.
  package static let roundTrips = [
    ("20ms..1ms", "the range “20ms..1ms” ends before it begins"),
    ("1..20ms", "“1” has no unit; write for example 1s"), ("1ms..", "“” is no duration"),
    ("1ms..2ms..3ms", "“2ms..3ms” has no known unit"), ("0s", "a round trip takes more than 0s"),
    ("1ms..1h", "at most 2min"), ("1", "“1” has no unit"),
  ]

  /// No mistake: a profile with every field.
  package static let whole = """
    schema: 1
    name: database-client
    summary: Application servers that keep
      pooled connections.
    extends: [base]
    path: { rtt: 1ms..20ms, middleboxes: [aws-nlb], why: near, source: ping }
    levers: [deadline, socket]
    connections:
      - name: pool
        direction: inbound
        match:
          { remote: 10.0.0.0/8, remote_port: 5432, local_port: 1, process: "app-*", user: 1000,
            state: ESTABLISHED }
        sets: { SO_KEEPALIVE: 1, TCP_USER_TIMEOUT: 30000, why: known, source: strace }
        can_set: [SO_KEEPALIVE, TCP_KEEPIDLE]
        single_user_timeout: yes
        path: { rtt: 1.5ms, addresses: 2, segments: 3 }
        objectives:
          connect: { within: 10s, survive: 3s, why: users wait, source: us }
          zero-window: { survive: 1h }
          send: { within: 30s, survive: 10s, recover: 5s }
      - name: rest
        levers: sysctl
        path: { middleboxes: [] }
    sysctls:
      net.core.somaxconn: { at_least: 4096, why: bursts, source: "listen(2)" }
      net.ipv4.tcp_rmem: { at_least: [4096, 87380, 6291456] }
      net.ipv4.tcp_wmem: { at_most: "4096 16384 4194304", at_least: 1 1 1 }
      net.ipv4.tcp_congestion_control: { value: bbr }
      net.ipv4.ip_local_reserved_ports: { value: "" }
      net.ipv4.tcp_retries2: { keep: true }
      vm.swappiness: { value: 10 }
    sysctls_allowed: ["net.ipv4.tcp_keepalive_*"]
    allow_below_rfc: yes
    middleboxes:
      my-fw: { idle_timeout: 30min, on_expiry: drop, tcp_keepalive_counts: no, range: 1s..1h,
               checked_on: 2026-11-21, source: ticket, notes: old }
    """
}
