import Advisor
import NetAddress
import Observations
import Reports
import TCPModel
import Testing

/// What is said of the sockets of a host.
struct SocketTextTests {
  /// A database with clients that do and do not keep their connections alive, one that waits for an
  /// answer, one that was closed by the peer an hour ago, a full listener and many ports in use.
  private static func report(hostile: String? = nil, profiles: [Profile] = []) throws
    -> SocketReport
  {
    let server = Endpoint(.v4(10, 0, 0, 5), port: 5432)
    func own(_ port: UInt16) -> Endpoint { Endpoint(.v4(10, 0, 0, 1), port: port) }
    func socket(
      _ state: TCPState, _ local: Endpoint, _ remote: Endpoint, _ set: SocketOptions? = nil,
      unknown: OptionsUnknown? = nil, process: Int32? = 42,
      _ change: (inout InetDiagSocket) -> Void = { _ in }
    ) -> ObservedSocket {
      var table = InetDiagSocket(state, from: local, to: remote)
      table.inode = process == nil ? 0 : 7
      var info = TCPInfo()
      info.roundTrip = .milliseconds(2)
      info.retransmissionTimeout = .milliseconds(204)
      table.info = info
      change(&table)
      let read = SocketOptions([.keepalive: 0, .keepIdle: 7200, .keepInterval: 75, .keepCount: 9])
        .overridden(by: set ?? SocketOptions())
      return ObservedSocket(
        table, owners: process.map { [SocketOwner(process: $0, descriptor: 3)] } ?? [],
        options: unknown.map { .unknown($0) } ?? .known(OptionReadings(read)))
    }
    var sockets = (0..<3).map { socket(.established, own(41_000 + $0), server) }
    sockets.append(
      socket(
        .established, own(41_010), server,
        SocketOptions([.keepalive: 1, .keepIdle: 60, .keepInterval: 10, .keepCount: 3])))
    sockets.append(
      socket(.established, own(41_011), server) {
        ($0.timer, $0.timerRemaining, $0.retransmissions) = (.retransmission, .seconds(20), 7)
        $0.info?.retransmissionTimeout = .milliseconds(204 << 7)
        $0.info?.backoff = 7
        $0.info?.sinceLastAcknowledged = .seconds(33)
      })
    sockets.append(
      socket(.closeWait, own(41_012), server) {
        $0.info?.sinceLastAcknowledged = .seconds(3600)
      })
    sockets.append(
      socket(.established, own(22), Endpoint(.v4(10, 0, 0, 77), port: 50_000), unknown: .hidden))
    sockets.append(
      socket(.listen, Endpoint(.any(.v4), port: 80), .any(.v4), process: 43) {
        ($0.receiveQueue, $0.sendQueue) = (129, 128)
      })
    for port in UInt16(20_000)..<23_000 {
      sockets.append(
        socket(
          .timeWait, own(port), Endpoint(.v4(10, 0, 0, 6), port: 443), unknown: .unowned,
          process: nil))
    }
    var namespace = ObservedNamespace(
      id: "net:[1]", settings: .defaults(of: KernelVersion(6, 18), tickRate: TickRate(hertz: 250)),
      sockets: sockets,
      processes: [
        42: ObservedProcess(
          id: 42, name: hostile ?? "psql",
          container: ContainerName(controlGroups: "0::/lxc.payload.\(hostile ?? "db")")),
        43: ObservedProcess(id: 43, name: hostile ?? "nginx", container: nil),
      ])
    namespace.counters = TCPCounters(
      parsing: "TcpExt: ListenOverflows\nTcpExt: 12\n")
    return try SocketReport(of: namespace, against: profiles)
  }

  private static var programs: [KnownProgram] {
    var program = KnownProgram("libpq")
    program.processes = ["psql"]
    program.notes = "keepalives=1 keepalives_idle=60 in the connection string."
    return [program]
  }

  private func text(
    _ reporter: any SocketReporter.Type, _ report: SocketReport, showsAll: Bool = false,
    width: Int = 80
  ) -> String {
    var text = ""
    let layout = TextLayout(isColoured: false, width: width, charset: .utf8)
    let context = SocketReportContext(
      host: report.namespace.settings, programs: Self.programs, showsAll: showsAll, layout: layout)
    reporter.write([report], context) { text += $0 }
    return text
  }

  @Test func `sockets: the report of a host is as it was`() throws {
    let report = try Self.report()
    try expectSnapshot(text(SocketTextReporter.self, report), named: "sockets.txt")
    try expectSnapshot(
      text(SocketTextReporter.self, report, showsAll: true, width: 120), named: "sockets-all.txt")
  }

  @Test func `sockets: no line is wider than the terminal`() throws {
    let report = try Self.report()
    for width in [40, 60, 80, 200] {
      let lines = text(SocketTextReporter.self, report, width: width).split(separator: "\n")
      #expect(lines.allSatisfy { $0.count <= max(width, 48) }, "\(width)")
    }
  }

  @Test(arguments: SocketReporters.all.map { $0.name })
  func `sockets: names of processes and containers steer nothing`(format: String) throws {
    let hostile = "a\u{1b}[31m\u{202e}\",\\\n\u{9b}{}#"
    let reporter = try #require(SocketReporters[format])
    let text = text(reporter, try Self.report(hostile: hostile)).split(separator: "\n")
      .joined(separator: "\n")
    for scalar in ["\u{1b}", "\u{202e}", "\u{9b}"] { #expect(!text.contains(scalar)) }
  }

  @Test func `sockets: rows of CSV have as many cells as the header`() throws {
    let rows = text(SocketCSVReporter.self, try Self.report()).split(separator: "\n")
    // Commas between quotes separate nothing.
    let commas = rows.map { row in
      row.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
        .filter { $0.offset % 2 == 0 }.reduce(0) { $0 + $1.element.count { $0 == "," } }
    }
    #expect(Set(commas).count == 1)
    #expect(rows.count == 3009)
  }
}
