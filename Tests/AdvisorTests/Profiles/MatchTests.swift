import Advisor
import NetAddress
import TCPModel
import Testing

struct MatchTests {
  typealias Match = ConnectionGroup.Match

  private static let nginx = SocketIdentity(
    process: "nginx", user: .init(id: 33, name: "www-data"),
    local: Endpoint(.v4(10, 0, 0, 1), port: 49152), remote: Endpoint(.v4(10, 1, 2, 3), port: 443),
    state: .established)

  private static func remote(_ text: String) -> Match.Remote? {
    (IPPrefix(text) ?? IPAddress(text).map { IPPrefix($0) }).map {
      Match.Remote($0, writtenAs: text)
    }
  }

  static let decided: [(Match, Match.Admission)] = [
    (Match(), .yes),
    (Match(process: Glob("nginx")), .yes), (Match(process: Glob("ng*")), .yes),
    (Match(process: Glob("nginx-*")), .no),
    (Match(user: .id(33)), .yes), (Match(user: .id(0)), .no),
    (Match(user: .name("www-data")), .yes), (Match(user: .name("root")), .no),
    (Match(state: .established), .yes), (Match(state: .closeWait), .no),
    (Match(localPort: 49152), .yes), (Match(localPort: 443), .no),
    (Match(remotePort: 443), .yes), (Match(remotePort: 49152), .no),
    (Match(remote: remote("10.1.2.3")), .yes), (Match(remote: remote("10.1.2.4")), .no),
    (Match(remote: remote("10.1.0.0/16")), .yes), (Match(remote: remote("10.0.0.0/16")), .no),
    (Match(remote: remote("0.0.0.0/0")), .yes), (Match(remote: remote("::/0")), .no),
    (Match(remote: remote("::ffff:10.1.2.3")), .yes),
    (Match(remote: remote("::ffff:10.1.0.0/112")), .yes),
    (Match(remote: remote("::ffff:0:0/96")), .yes),
    (Match(process: Glob("nginx"), state: .listen, remotePort: 443), .no),
  ]

  @Test(arguments: decided)
  func `Match: a socket of which all is known`(match: Match, admission: Match.Admission) {
    #expect(match.admits(Self.nginx) == admission)
  }

  @Test(arguments: ["10.1.2.3", "10.1.0.0/16", "::ffff:10.1.2.3", "0.0.0.0/0"])
  func `Match: an IPv6 socket that speaks IPv4 is of IPv4`(text: String) throws {
    var socket = Self.nginx
    socket.remote = Endpoint(try #require(IPAddress("::ffff:10.1.2.3")), port: 443)
    #expect(Match(remote: Self.remote(text)).admits(socket) == .yes)
    #expect(Match(remote: Self.remote("::/0")).admits(socket) == .no)
  }

  /// All fields but the one are those of `nginx`.
  static let whole = Match(
    process: Glob("nginx"), user: .name("www-data"), state: .established, localPort: 49152,
    remote: remote("10.1.2.0/24"), remotePort: 443)

  static let missing: [(@Sendable (inout SocketIdentity) -> Void, [Match.Field])] = [
    ({ $0.process = nil }, [.process]), ({ $0.user = nil }, [.user]),
    ({ $0.user = .init(id: 33) }, [.user]), ({ $0.state = nil }, [.state]),
    ({ $0.local = nil }, [.localPort]), ({ $0.remote = nil }, [.remote, .remotePort]),
    ({ $0 = SocketIdentity() }, Match.Field.allCases),
    (
      { $0 = SocketIdentity(remote: $0.remote) }, [.process, .user, .state, .localPort]
    ),
  ]

  @Test(arguments: missing.indices)
  func `Match: what is not known is named in order, and decides nothing`(row: Int) {
    let (hide, fields) = Self.missing[row]
    var socket = Self.nginx
    hide(&socket)
    #expect(Self.whole.admits(socket) == .unknown(fields))
    #expect(Match().admits(socket) == .yes)
  }

  @Test func `Match: a definite no wins over what is not known`() {
    let elsewhere = SocketIdentity(remote: Endpoint(.v4(10, 9, 9, 9), port: 443))
    #expect(Self.whole.admits(elsewhere) == .no)
    #expect(Self.whole.admits(SocketIdentity(state: .listen)) == .no)
    #expect(Match(user: .id(0)).admits(SocketIdentity(user: .init(id: 33))) == .no)
  }
}
