import Linux
import NamespaceTesting
import NetAddress
import Observations
import TCPModel
import Testing

@testable import Probes

/// What only a network of one's own shows: routes, and who sends how many RSTs.
@Suite(
  .enabled("namespaces are refused here") { OwnNamespace.isReachable },
  .enabled("run in a namespace of their own by another test") { OwnNamespace.isInside }, .serialized
)
struct ReconnectorInsideTests {
  private let peers = Peers()

  init() throws { try NetworkNamespace.bringUp("lo") }

  /// Tcp OutRsts of this namespace.
  private func resets() throws -> Int {
    let rows = try ProcFS().text("net/snmp").split(separator: "\n").map { $0.split(separator: " ") }
    let tcp = rows.filter { $0.first == "Tcp:" }
    let column = try #require(tcp.first?.firstIndex(of: "OutRsts"))
    return try #require(tcp.last.flatMap { Int($0[column]) })
  }

  static let verdicts: [(Route.Kind, ConnectOutcome)] = [
    (.unreachable, .unreachable(errno: "EHOSTUNREACH")),
    (.prohibit, .localError(call: "connect", errno: "EACCES")),
    (.throw, .unreachable(errno: "ENETUNREACH")),
  ]

  @Test(arguments: verdicts)
  func `reconnector: routes of this host refuse both ways alike`(
    kind: Route.Kind, outcome: ConnectOutcome
  )
    throws
  {
    var network = try RouteNetlink()
    let block = try #require(IPAddress("10.78.\(kind.rawValue).0"))
    try network.add(Route(kind, to: IPPrefix(block, length: 24)))
    let host = try #require(IPAddress("10.78.\(kind.rawValue).1"))
    let trial = try ReconnectTrial.simulating(3, to: Endpoint(host, port: 9))
    #expect(trial.look?.outcome == outcome)
    for way in [trial.renewed, trial.reused] {
      #expect(way.rounds.map(\.outcome) == [outcome, outcome, outcome])
    }
  }

  @Test func `reconnector: as many RSTs go out as are told`() throws {
    let open = try peers.open()
    let before = try resets()
    let trial = try ReconnectTrial.simulating(10, to: open)
    // And the one of the first look.
    #expect(try resets() - before == 11)
    #expect(trial.reused.resets == 10)
    #expect(trial.renewed.resets == 0)
  }

  @Test func `reconnector: one's own deadline sends none`() throws {
    let silent = try peers.silent()
    let before = try resets()
    var settings = ConnectSettings()
    settings.deadline = .milliseconds(30)
    let trial = try Reconnector(
      settings, to: silent, ReconnectTrial(of: "peer", to: nil, rounds: 3), watching: nil
    ).run()
    #expect(try resets() == before)
    #expect(trial.reused.counts == [.undecided: 3])
  }

  /// A connection whose other end does something before it is dissolved.
  /// - Returns: the state and the bytes unread before, and the RSTs sent.
  private func disconnect(_ serve: (borrowing Descriptor) throws -> Void) throws
    -> (state: TCPState?, unread: Int, resets: Int)
  {
    let listener = try Descriptor.streamSocket(.v4)
    try listener.listen(on: .loopback(.v4), backlog: 1)
    let socket = try Descriptor.streamSocket(.v4)
    _ = socket.startConnecting(to: try listener.localAddress())
    try #require(try listener.waitUntilReadable(for: .seconds(5)))
    let served = try listener.accept()
    try serve(served)
    let (state, unread) = (try socket.tcpInfo().state, try socket.unreadBytes())
    let before = try resets()
    try socket.disconnect()
    #expect(try socket.unreadBytes() == 0)
    return (state, unread, try resets() - before)
  }

  @Test
  func `reconnector: whether disconnecting sends a RST is the state's, whatever is unread`() throws
  {
    let sent = try disconnect { try DescriptorIO.writeAll([1], to: $0.number, "a client") }
    #expect(sent == (.established, 1, 1))
    let closed = try disconnect {
      try DescriptorIO.writeAll([1], to: $0.number, "a client")
      try $0.shutDownSending()
    }
    #expect(closed == (.closeWait, 1, 1))
    let reset = try disconnect {
      try $0.dropOnClose()
      #expect($0.tryDisconnect() == nil)
    }
    #expect(reset == (.closed, 0, 0))
    let states = TCPState.allCases.filter(\.needsReset)
    #expect(states == [.established, .synReceived, .finWait1, .finWait2, .closeWait])
  }
}
