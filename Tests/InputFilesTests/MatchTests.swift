import Advisor
import InputFiles
import NetAddress
import ProfileMistakes
import TCPModel
import Testing

struct MatchTests {
  private func match(_ yaml: String) throws -> ConnectionGroup.Match {
    let text = profile(
      "objectives: {idle: {within: 1h}}\nconnections: [{name: a, match: {\(yaml)}}]")
    return try #require(try read(text).groups.first).match
  }

  @Test(arguments: [
    ("10.0.0.1", "10.0.0.1/32"), ("10.0.0.0/8", "10.0.0.0/8"), ("0.0.0.0/0", "0.0.0.0/0"),
    ("10.0.0.1/32", "10.0.0.1/32"), ("' 10.0.0.1 '", "10.0.0.1/32"), ("fd00::1", "fd00::1/128"),
    ("fd00::/8", "fd00::/8"), ("'::/0'", "::/0"), ("'::ffff:10.0.0.1'", "10.0.0.1/32"),
    ("'::ffff:10.0.0.0/104'", "10.0.0.0/8"), ("'FD00::'", "fd00::/128"),
  ])
  func `match: remote is an address or a network, and IPv4 however it is written`(
    text: String, prefix: String
  ) throws {
    let remote = try #require(try match("remote: \(text)").remote)
    #expect(remote.prefix.description == prefix)
    #expect(remote.text == text.filter { $0 != "'" && $0 != " " })
  }

  @Test(arguments: [
    ("0", ConnectionGroup.Match.User.id(0)), ("4294967294", .id(4_294_967_294)),
    ("www-data", .name("www-data")), ("_apt", .name("_apt")), ("'DOM\\x'", .name("DOM\\x")),
    ("j.doe@example.com", .name("j.doe@example.com")), ("0day", .name("0day")),
  ])
  func `match: user is a name or a number`(text: String, user: ConnectionGroup.Match.User) throws {
    #expect(try match("user: \(text)").user == user)
  }

  @Test(arguments: TCPState.allCases)
  func `match: state is a name of the kernel, in upper or lower case`(state: TCPState) throws {
    #expect(try match("state: \(state.name)").state == state)
    #expect(try match("state: \(state.name.uppercased())").state == state)
    #expect(try match("state: \(String(state.name.map { $0 == "-" ? "_" : $0 }))").state == state)
  }

  @Test func `match: ports from 1 to 65535`() throws {
    #expect(try match("local_port: 1").localPort == 1)
    #expect(try match("remote_port: 65535").remotePort == 65535)
    #expect(try match("state: listen, local_port: 22").localPort == 22)
  }
}
