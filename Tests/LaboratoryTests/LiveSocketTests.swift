import Advisor
import Glibc
import Linux
import NamespaceTesting
import NetAddress
import Observations
import Probes
import TCPModel
import Testing

struct LiveSocketTests {
  @Test(.enabled("namespaces are refused here") { OwnNamespace.isAllowed })
  func `live sockets: the tests of a namespace pass in one`() throws {
    let (status, output) = try OwnNamespace.run("LaboratoryTests.LiveSocketInsideTests")
    #expect(status == 0, "\(output)")
    #expect(!output.contains("with 0 tests"), "\(output)")
  }
}

/// Sockets that wait for peers that are gone: what is said of them while they wait, against what came
/// of them.
@Suite(
  .serialized,
  .enabled("namespaces are refused here") { OwnNamespace.isReachable },
  .enabled("run in a namespace of their own by another test") { OwnNamespace.isInside })
struct LiveSocketInsideTests {
  /// A socket as long as it is open.
  private final class Open {
    let descriptor: Descriptor
    init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }
  }

  /// A socket that waits, by the scenario that it is in.
  private struct Waiting {
    let scenario: Scenario
    let local: Endpoint
  }

  private struct Sighting {
    let time: Duration
    let remaining: TimeRange
    let since: TimeRange?
  }

  private let listener: Open

  init() throws {
    try NetworkNamespace.bringUp("lo")
    for (name, value) in [
      ("tcp_retries2", "4"), ("tcp_orphan_retries", "3"), ("tcp_syn_retries", "2"),
    ] {
      try ProcFS().write(value, to: "sys/net/ipv4/\(name)")
    }
    _ = try? ProcFS().write("0", to: "sys/net/ipv4/tcp_syn_linear_timeouts")
    listener = Open(try Descriptor.streamSocket(.v4))
    try listener.descriptor.listen(on: .loopback(.v4), backlog: 64)
  }

  /// - Parameter prepare: what the client sets before it connects.
  private func connection(_ prepare: (borrowing Descriptor) throws -> Void = { _ in }) throws
    -> (client: Open, server: Open)
  {
    let client = try Descriptor.streamSocket(.v4)
    try prepare(client)
    _ = client.connect(to: try listener.descriptor.localAddress())
    try #require(try listener.descriptor.waitUntilReadable(for: .seconds(10)))
    return (Open(client), Open(try listener.descriptor.accept()))
  }

  private func send(_ open: Open, _ count: Int = 100) throws {
    try DescriptorIO.writeAll([UInt8](repeating: 1, count: count), to: open.descriptor.number, "it")
  }

  @Test func `live sockets: what is said of each while it waits comes true`() throws {
    var open: [Open] = []
    var waiting: [Waiting] = []
    func add(_ scenario: Scenario, _ client: Open) throws {
      waiting.append(Waiting(scenario: scenario, local: try client.descriptor.localAddress()))
      open.append(client)
    }
    let plain = try connection()
    try plain.server.descriptor.dropEverything()
    try send(plain.client)
    try add(.send, plain.client)
    let limited = try connection { try $0.set(.userTimeout, to: 3000) }
    try limited.server.descriptor.dropEverything()
    try send(limited.client)
    try add(.send, limited.client)
    let idle = try connection {
      for option in [SocketOption.keepalive, .keepIdle, .keepInterval] { try $0.set(option, to: 1) }
      try $0.set(.keepCount, to: 3)
    }
    try idle.server.descriptor.dropEverything()
    try add(.idle, idle.client)
    let server = try closed(&waiting)
    open += [plain.server, limited.server, idle.server, server]
    let silent = try Descriptor.streamSocket(.v4)
    try silent.listen(on: .loopback(.v4), backlog: 4)
    try silent.dropEverything()
    let connecting = try Descriptor.streamSocket(.v4)
    _ = connecting.connect(to: try silent.localAddress())
    try add(.connect, Open(connecting))
    try watch(waiting)
    withExtendedLifetime(open) {}
  }

  /// A client that has closed with data on its way; its server, which hears nothing.
  private func closed(_ waiting: inout [Waiting]) throws -> Open {
    let (client, server) = try connection()
    try server.descriptor.dropEverything()
    try send(client)
    waiting.append(Waiting(scenario: .close, local: try client.descriptor.localAddress()))
    return server
  }

  /// Looks at all of them again and again until each has ended, and holds what was said then against
  /// when that was.
  private func watch(_ waiting: [Waiting]) throws {
    let start = KernelClock.monotonic.now
    var sightings: [Endpoint: [Sighting]] = [:]
    var ends: [Endpoint: Duration] = [:]
    var lastSeen: [Endpoint: Duration] = [:]
    while ends.count < waiting.count {
      try #require(KernelClock.monotonic.now - start < .seconds(60), "\(waiting) \(ends)")
      var audit = SocketAudit(ProcFS(), .owners)
      let now = KernelClock.monotonic.now
      try audit.readTable()
      let report = try SocketReport(of: audit.namespaces()[0])
      for wait in waiting where ends[wait.local] == nil {
        let socket = report.sockets.first { $0.socket.table.local == wait.local }
        guard let socket, socket.socket.table.state != .closed else {
          ends[wait.local] = now
          continue
        }
        lastSeen[wait.local] = now
        guard let ongoing = socket.ongoing, ongoing.scenario == wait.scenario,
          let progress = ongoing.progress, let remaining = progress.remaining.range
        else { continue }
        sightings[wait.local, default: []].append(
          Sighting(time: now, remaining: remaining, since: progress.since))
      }
      usleep(20_000)
    }
    for wait in waiting {
      let seen = sightings[wait.local] ?? []
      #expect(seen.count > 10, "\(wait)")
      guard let end = ends[wait.local], let last = lastSeen[wait.local] else { continue }
      for sighting in seen {
        // It ended between the last look that saw it and the next.
        let (least, most) = (last - sighting.time, end - sighting.time)
        #expect(
          sighting.remaining.earliest <= most + .milliseconds(20)
            && sighting.remaining.latest >= least - .milliseconds(60),
          "\(wait): \(sighting.remaining), and it was \(least) to \(most)")
      }
    }
  }
}
