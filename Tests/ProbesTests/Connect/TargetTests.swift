import Linux
import NetAddress
import TCPModel
import Testing

@testable import Probes

/// What a user may write, and what it stands for.
struct TargetTests {
  private func host(_ text: String) throws -> ProbeTarget.Host {
    .address(try #require(IPAddress(text)), scope: 0)
  }

  @Test func `targets: an address, a name and a block, with and without a port`() throws {
    let loopback = try host("127.0.0.1")
    let six = try host("::1")
    let rows: [(String, ProbeTarget.Host, UInt16?)] = [
      ("127.0.0.1:80", loopback, 80), ("127.0.0.1", loopback, nil), ("[::1]:443", six, 443),
      ("[::1]", six, nil), ("::1", six, nil), ("db.example:5432", .name("db.example"), 5432),
      ("a-b_c", .name("a-b_c"), nil), ("_x.example.:1", .name("_x.example."), 1),
      ("10-0", .name("10-0"), nil), ("rack.5:1", .name("rack.5"), 1), ("é.ex", .name("é.ex"), nil),
      ("10.1.0.0/16:22", .block(try #require(IPPrefix("10.1.0.0/16"))), 22),
      ("[fd00::/120]:9", .block(try #require(IPPrefix("fd00::/120"))), 9),
      ("fd00::/120", .block(try #require(IPPrefix("fd00::/120"))), nil),
    ]
    for (text, host, port) in rows {
      let target = try ProbeTarget(text)
      #expect(target.host == host, "\(text)")
      #expect(target.port == port, "\(text)")
    }
    #expect(
      try ProbeTarget("[fe80::1%lo]:1").host == .address(#require(IPAddress("fe80::1")), scope: 1))
  }

  @Test(
    .enabled("no service names here") { HostNames.port(ofService: "https") != nil })
  func `targets: a service is a port`() throws {
    #expect(try ProbeTarget("[::1]:https").port == 443)
  }

  @Test(
    .enabled("no service names here") { HostNames.port(ofService: "https") != nil })
  func `targets: a misspelt service has a nearest one`() {
    let error = #expect(throws: ProbeTarget.Objection.self) { _ = try ProbeTarget("h:htpps") }
    #expect(error?.reason.contains("did you mean https?") == true, "\(error?.reason ?? "")")
  }

  @Test(
    arguments: [
      ("80", [80]), ("443,80", [443, 80]), ("8000-8002,22", [8000, 8001, 8002, 22]), ("7-7", [7]),
      ("65535", [65535]), ("80,79-81,80", [80, 79, 81]),
    ] as [(String, [UInt16])])
  func `targets: ports are numbers and ranges`(text: String, ports: [UInt16]) throws {
    #expect(try ProbeTarget.ports(text) == ports)
  }

  @Test(arguments: [
    ("22,,80", "missing beside a comma"), ("80,", "missing beside a comma"), ("", "is missing"),
    ("90-80", "runs backwards"), ("0-5", "0 is no port"), ("1-65536", "65536 is no port"),
    ("80-", "80- is no port"), ("-1", "-1 is no port"), ("1-2-3", "1-2-3 is no port"),
    ("a-b", "no service"),
  ])
  func `targets: what is no port says why`(text: String, reason: String) {
    let error = #expect(throws: ProbeTarget.Objection.self) { _ = try ProbeTarget.ports(text) }
    #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
  }

  @Test(arguments: [
    ("[::1:80", "never closed"), ("[::1]80", "“:” and a port"), ("[name]:80", "only an IPv6"),
    ("host:", "a port is missing"), ("host:0", "0 is no port"), ("host:65536", "65536 is no port"),
    ("host:-1", "-1 is no port"), ("host:nosuchservice", "no service is called"),
    ("10.0.0.0/33", "no block"), ("10.0.0/8", "no block"), ("::g", "no IPv6 address"),
    ("1.2.3:80", "no IPv4 address"), ("1.2.3.256:80", "no IPv4 address"),
    ("two words:80", "neither an address nor a name"), ("", "or a name is missing"),
    ("a..b:80", "neither an address nor a name"), (".", "neither an address nor a name"),
    ("a.-x:80", "neither an address nor a name"), ("x-:80", "neither an address nor a name"),
    ("a\u{1b}[31mb:80", "neither an address nor a name"), ("a\u{202e}b", "neither an address"),
    (String(repeating: "a", count: 64) + ":80", "too long for a name"),
    ("127.0.0.1-5:80", "no IPv4 address"), ("0x7f000001:80", "no IPv4 address"),
    ("1.2.3.4:80,443", "write --port 80,443"), ("1.2.3.4:80-90", "write --port 80-90"),
    ("http://1.2.3.4:71/", "a URL is no target; write 1.2.3.4:71"),
    ("tcp://u@[::1]:7/x", "write [::1]:7"), ("nosuch://h", "write h:PORT"),
    ("http://", "write HOST:PORT"),
    ("host:71/path", "a path is no part of a target; write host:71"),
    ("host/path", "write host"), ("host/24", "no block"), ("10.0.0.0/8/", "no block"),
    ("/etc/hosts", "read with -f"), ("./hosts", "read with -f"),
    ("fe80::1%nosuchlink", "no interface"), ("1.2.3.4%lo", "only an IPv6 address has a zone"),
  ])
  func `targets: what is no target says why`(text: String, reason: String) {
    let error = #expect(throws: ProbeTarget.Objection.self) { _ = try ProbeTarget(text) }
    #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
  }

  @Test(arguments: [
    ("10.1.0.7/30", 4, "10.1.0.4", "10.1.0.7"), ("10.1.0.7/32", 1, "10.1.0.7", "10.1.0.7"),
    ("10.1.2.3/15", 131_072, "10.0.0.0", "10.1.255.255"),
    ("fd00::ff/119", 512, "fd00::", "fd00::1ff"),
  ])
  func `targets: a block has all its addresses`(
    text: String, count: UInt64, first: String, last: String
  )
    throws
  {
    let block = try #require(IPPrefix(text))
    #expect(block.count == count)
    #expect(block.address(at: 0).description == first)
    #expect(block.address(at: count - 1).description == last)
  }

  @Test(arguments: [
    "1.2.3.4:80", "0.0.0.0:1", "255.255.255.255:65535", "1.2.3.4:65536", "1.2.3.4:0", "1.2.3:80",
    "1.2.3.4.5:80", "256.1.1.1:80", "01.2.3.4:80", "1.2.3.4:", "1.2.3.4:080", "1.2.3.4", "1:2:3:4",
    "1.2.3.4:80.5", "a.2.3.4:80", "", ":", "1..3.4:80", "99999999999.2.3.4:80", "::1",
  ])
  func `targets: the quick way reads what the whole one reads, or nothing`(text: String) {
    guard let quick = ProbeTarget(plain: text) else { return }
    #expect(quick == (try? ProbeTarget(text)))
  }

  @Test func `targets: the quick way reads plain addresses`() {
    #expect(ProbeTarget(plain: "10.20.30.40:5432")?.port == 5432)
    #expect(ProbeTarget(plain: "10.20.30.40:5432")?.host == (try? ProbeTarget("10.20.30.40"))?.host)
  }

  @Test func `targets: attempts are addresses times ports`() throws {
    let list = try TargetList(
      ["10.0.0.0/30", "10.0.0.0/31:1", "name"], files: [], ports: [1, 2, 3], option: Options.read)
    #expect(list.count == 12 + 2 + 3)
    #expect(list.largest?.target == "10.0.0.0/30")
    #expect(list.largest?.attempts == 12)
    #expect(try #require(IPPrefix("::/0")).count == .max)
  }

  @Test(arguments: [
    (["::/0"], "::/0: with 2^128 addresses these are more than 2^32 attempts"),
    (["fd00::/64"], "with 2^64 addresses"), (["0.0.0.0/0"], "with 4294967296 addresses"),
    (["0.0.0.0/1", "10.0.0.1"], "these are more than 2^32 attempts"),
  ])
  func `targets: what would never end is refused`(targets: [String], message: String) {
    let error = #expect(throws: TargetList.Mistake.self) {
      _ = try TargetList(targets, files: [], ports: [1, 2], option: Options.read)
    }
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
  }

  @Test(arguments: [
    ("127.0.0.1:1", true), ("[::1]:1", false), ("fd00::/126", false), ("n:1", true),
  ])
  func `targets: an address of the other family cannot be reached from a source`(
    text: String, fits: Bool
  ) {
    let list = try? TargetList([text], files: [], ports: [1], from: .v4, option: Options.read)
    #expect((list != nil) == fits)
    let other = try? TargetList([text], files: [], ports: [1], from: .v6, option: Options.read)
    #expect((other != nil) == (!fits || text == "n:1"))
  }

  private func texts(_ list: TargetList) throws -> [String] {
    var cursor = TargetList.Cursor()
    var texts: [String] = []
    while let entry = try list.next(at: &cursor) { texts.append(entry.text) }
    return texts
  }

  @Test func `targets: a file has a target on each line, comments and blanks beside`() throws {
    let text = "# all\n\n a:1 # first\r\n\u{FEFF}\tb:2\n[::1]:3"
    let file = TargetList.File(name: "f", bytes: Array(text.utf8))
    let list = try TargetList(["c:4"], files: [file, file], ports: [], option: Options.read)
    #expect(try texts(list) == ["c:4", "a:1", "b:2", "[::1]:3", "a:1", "b:2", "[::1]:3"])
    #expect(list.count == 7)
  }

  @Test func `targets: a byte order mark is no part of the first target`() throws {
    let file = TargetList.File(name: "f", bytes: [0xef, 0xbb, 0xbf] + Array("a:1\r\nb:2\r\n".utf8))
    #expect(
      try texts(TargetList([], files: [file, file], ports: [], option: Options.read))
        == ["a:1", "b:2", "a:1", "b:2"])
    let empty = TargetList.File(name: "f", bytes: [0xef, 0xbb, 0xbf])
    #expect(try texts(TargetList([], files: [empty], ports: [], option: Options.read)).isEmpty)
  }

  @Test func `targets: what is no UTF-8 is told with its place, but for comments`() throws {
    let bytes: [UInt8] = Array("# caf".utf8) + [0xe9] + Array("\na:1\n  caf\u{e9}".utf8)
    let sound = TargetList.File(name: "f", bytes: bytes + Array(":1".utf8))
    #expect(try texts(TargetList([], files: [sound], ports: [], option: Options.read)).count == 2)
    let file = TargetList.File(name: "f", bytes: bytes + [0xe9] + Array(":1".utf8))
    let error = #expect(throws: TargetList.Mistake.self) {
      _ = try TargetList([], files: [file], ports: [], option: Options.read)
    }
    #expect(error?.message == "f:3:8: this is no UTF-8")
  }

  @Test func `targets: options behind a target are its own`() throws {
    let text = "127.0.0.1:1\nname:2  TCP_SYNCNT=2\n"
    let file = TargetList.File(name: "f", bytes: Array(text.utf8))
    let list = try TargetList(
      ["[::1]:3 TCP_SYNCNT=2"], files: [file], ports: [], option: Options.read)
    var cursor = TargetList.Cursor()
    var options: [String: Int?] = [:]
    while let entry = try list.next(at: &cursor) { options[entry.text] = entry.options[.synCount] }
    #expect(options == ["[::1]:3": 2, "127.0.0.1:1": nil, "name:2": 2])
  }

  @Test(arguments: [
    ("a:1\nb:x1\n", "hosts:2:1: b:x1: no service is called “x1” here"),
    ("\n#\n  b  \n", "hosts:3:3: b: a port is missing; HOST:PORT, or --port for all"),
    (" a:1 TCP_SYNCNT=2\tTCP_X=1 # x", "hosts:1:19: TCP_X=1: no option"),
    (
      "1.2.3.4:5 b:80\n",
      "hosts:1:11: b:80: behind a target stand its options, such as TCP_SYNCNT=2; another target needs a line of its own"
    ),
    ("\u{feff}b:x1", "hosts:1:1: b:x1: no service is called “x1” here"),
    (":80", "hosts:1:1: :80: an address or a name is missing"),
  ])
  func `targets: a mistake in a file is told with its line`(text: String, message: String) {
    let file = TargetList.File(name: "hosts", bytes: Array(text.utf8))
    let error = #expect(throws: TargetList.Mistake.self) {
      _ = try TargetList([], files: [file], ports: [], option: Options.read)
    }
    #expect(error?.message == message)
  }
}
