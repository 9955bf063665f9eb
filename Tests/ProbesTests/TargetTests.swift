import Linux
import TCPModel
import Testing

@testable import Probes

/// What a user may write, and what it stands for.
struct TargetTests {
  private func host(_ text: String) throws -> ProbeTarget.Host {
    .address(try #require(IPAddress(text)), scope: 0)
  }

  @Test func `an address, a name and a block, with and without a port`() throws {
    let loopback = try host("127.0.0.1")
    let six = try host("::1")
    let rows: [(String, ProbeTarget.Host, UInt16?)] = [
      ("127.0.0.1:80", loopback, 80), ("127.0.0.1", loopback, nil), ("[::1]:443", six, 443),
      ("[::1]", six, nil), ("::1", six, nil), ("db.example:5432", .name("db.example"), 5432),
      ("a-b_c", .name("a-b_c"), nil),
      ("10.1.0.0/16:22", .block(try #require(IPPrefix("10.1.0.0/16"))), 22),
      ("fd00::/120", .block(try #require(IPPrefix("fd00::/120"))), nil),
    ]
    for (text, host, port) in rows {
      let target = try ProbeTarget(text)
      #expect(target.host == host && target.port == port, "\(text)")
    }
    #expect(
      try ProbeTarget("[fe80::1%lo]:1").host == .address(#require(IPAddress("fe80::1")), scope: 1))
  }

  @Test(
    .enabled("no service names here") { HostNames.port(ofService: "https") != nil })
  func `a service is a port`() throws {
    #expect(try ProbeTarget("[::1]:https").port == 443)
  }

  @Test(arguments: [
    ("[::1:80", "never closed"), ("[::1]80", "“:” and a port"), ("[name]:80", "only an IPv6"),
    ("host:", "a port is missing"), ("host:0", "0 is no port"), ("host:65536", "65536 is no port"),
    ("host:-1", "-1 is no port"), ("host:nosuchservice", "no service is called"),
    ("10.0.0.0/33", "no block"), ("10.0.0/8", "no block"), ("::g", "no IPv6 address"),
    ("1.2.3:80", "no IPv4 address"), ("1.2.3.256:80", "no IPv4 address"),
    ("two words:80", "neither an address nor a name"), ("", "or a name is missing"),
    ("fe80::1%nosuchlink", "no interface"), ("1.2.3.4%lo", "only an IPv6 address has a zone"),
  ])
  func `what is no target says why`(text: String, reason: String) {
    let error = #expect(throws: ProbeTarget.Objection.self) { _ = try ProbeTarget(text) }
    #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
  }

  @Test(arguments: [
    ("10.1.0.7/30", 4, "10.1.0.4", "10.1.0.7"), ("10.1.0.7/32", 1, "10.1.0.7", "10.1.0.7"),
    ("10.1.2.3/15", 131_072, "10.0.0.0", "10.1.255.255"),
    ("fd00::ff/119", 512, "fd00::", "fd00::1ff"),
  ])
  func `a block has all its addresses`(text: String, count: UInt64, first: String, last: String)
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
  func `the quick way reads what the whole one reads, or nothing`(text: String) {
    guard let quick = ProbeTarget(plain: text) else { return }
    #expect(quick == (try? ProbeTarget(text)))
  }

  @Test func `the quick way reads plain addresses`() {
    #expect(ProbeTarget(plain: "10.20.30.40:5432")?.port == 5432)
    #expect(ProbeTarget(plain: "10.20.30.40:5432")?.host == (try? ProbeTarget("10.20.30.40"))?.host)
  }

  @Test func `the largest block has more than can be counted`() throws {
    #expect(try #require(IPPrefix("::/0")).count == .max)
    #expect(try TargetList(["::/0"], files: [], ports: [1, 2], option: Options.read).count == .max)
  }

  private func texts(_ list: TargetList) throws -> [String] {
    var cursor = TargetList.Cursor()
    var texts: [String] = []
    while let entry = try list.next(at: &cursor) { texts.append(entry.text) }
    return texts
  }

  @Test func `a file has a target on each line, comments and blanks beside`() throws {
    let text = "# all\n\n a:1 # first\r\n\tb:2\n[::1]:3"
    let file = TargetList.File(name: "f", bytes: Array(text.utf8))
    let list = try TargetList(["c:4"], files: [file, file], ports: [], option: Options.read)
    #expect(try texts(list) == ["c:4", "a:1", "b:2", "[::1]:3", "a:1", "b:2", "[::1]:3"])
    #expect(list.count == 7)
  }

  @Test func `options behind a target are its own`() throws {
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
    ("1.2.3.4:5 :80\n", "hosts:1:11: :80: no option"),
    (":80", "hosts:1:1: :80: an address or a name is missing"),
  ])
  func `a mistake in a file is told with its line`(text: String, message: String) {
    let file = TargetList.File(name: "hosts", bytes: Array(text.utf8))
    let error = #expect(throws: TargetList.Mistake.self) {
      _ = try TargetList([], files: [file], ports: [], option: Options.read)
    }
    #expect(error?.message == message)
  }
}
