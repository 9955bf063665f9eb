import Glibc
import Linux
import NamespaceTesting
import NetAddress
import Observations
import TCPModel
import Testing

@testable import Probes

/// Sockets of known options in a namespace of its own, read back by the audit.
@Suite(
  .serialized,
  .enabled("namespaces are refused here") { OwnNamespace.isReachable },
  .enabled("run in a namespace of their own by another test") { OwnNamespace.isInside })
struct SocketAuditInsideTests {
  init() throws { try NetworkNamespace.bringUp("lo") }

  private func audit(_ details: SocketAudit.Details = [.owners, .everything]) throws
    -> ObservedNamespace
  {
    var audit = SocketAudit(ProcFS(), details)
    try audit.readTable()
    let namespaces = audit.namespaces()
    try #require(namespaces.count == 1)
    return namespaces[0]
  }

  private func socket(_ local: Endpoint, in namespace: ObservedNamespace) throws -> ObservedSocket {
    try #require(namespace.sockets.first { $0.table.local == local })
  }

  @Test(arguments: [AddressFamily.v4, .v6])
  func `audit: the options of a client are those it has set`(family: AddressFamily) throws {
    let listener = try Descriptor.streamSocket(family)
    try listener.listen(on: .loopback(family), backlog: 4)
    let client = try Descriptor.streamSocket(family)
    let set = SocketOptions([
      .keepalive: 1, .keepIdle: 77, .keepInterval: 7, .keepCount: 5, .userTimeout: 34_567,
      .synCount: 3, .linger2: 9,
    ])
    for (option, value) in set.sorted { try client.set(option, to: value) }
    try client.setLingerTime(11)
    try client.setTimeLimit(SO_RCVTIMEO, to: 1_500_000)
    _ = client.connect(to: try listener.localAddress())
    try #require(try listener.waitUntilReadable(for: .seconds(10)))
    let server = try listener.accept()
    let namespace = try audit()
    let found = try socket(try client.localAddress(), in: namespace)
    let readings = try #require(found.readings)
    #expect(readings.options.explicit(in: namespace.settings) == set)
    #expect(readings.linger == .seconds(11))
    #expect(readings.receiveTimeout == .milliseconds(1500))
    #expect(readings.sendTimeout == nil)
    #expect(readings.sendsAtOnce == false)
    #expect(found.owners == [SocketOwner(process: getpid(), descriptor: client.number)])
    #expect(namespace.processes[getpid()]?.name.isEmpty == false)
    // Whatever kernel it is, it names its congestion control and buffers.
    #expect(found.table.congestionControl?.isEmpty == false)
    #expect(found.table.receiveBuffer ?? 0 > 0 && found.table.sendBuffer ?? 0 > 0)
    withExtendedLifetime(server.number) {}
  }

  @Test func `audit: what decides is read in less depth, and no more`() throws {
    let connection = try Connection(.v4)
    try connection.client?.descriptor.set(.keepalive, to: 1)
    let options = try #require(
      try socket(connection.clientAddress, in: audit(.owners)).readings?.options)
    #expect(options[.keepIdle] == 7200)
    #expect(options[.synCount] == nil)
    #expect(options[.deferAccept] == nil)
    let server = try #require(
      try audit(.owners).sockets.first {
        $0.table.local == connection.serverAddress && $0.table.state == .established
      })
    #expect(server.readings?.options[.keepalive] == 0)
    #expect(server.readings?.options[.keepIdle] == nil)
    let table = try socket(connection.clientAddress, in: audit([]))
    #expect(table.options == .unknown(.notAsked))
    #expect(table.owners.isEmpty)
    #expect(table.table.receiveBuffer == nil && table.table.info != nil)
    let whole = try socket(connection.clientAddress, in: audit(.everything))
    #expect(whole.options == .unknown(.notAsked))
    #expect(whole.table.receiveBuffer ?? 0 > 0)
  }

  @Test func `audit: what is not accepted, not owned or over has no options and says why`() throws {
    let listener = try Descriptor.streamSocket(.v4)
    try listener.listen(on: .loopback(.v4), backlog: 4)
    let client = try Descriptor.streamSocket(.v4)
    _ = client.connect(to: try listener.localAddress())
    try #require(try listener.waitUntilReadable(for: .seconds(10)))
    let address = try listener.localAddress()
    let waiting = try #require(
      try audit().sockets.first { $0.table.local == address && $0.table.state == .established })
    #expect(waiting.options == .unknown(.notAccepted))
    let connection = try Connection(.v4)
    connection.close(.client)
    connection.close(.server)
    let over = try connection.socket(at: .client, in: .timeWait)
    #expect(try socket(over.local, in: audit()).options == .unknown(.unowned))
  }

  @Test func `audit: an IPv6 socket that speaks IPv4 is found by its mapped address`() throws {
    let listener = try Descriptor.streamSocket(.v6)
    try listener.listen(on: .any(.v6), backlog: 4)
    let port = try listener.localAddress().port
    let client = try Descriptor.streamSocket(.v4)
    _ = client.connect(to: .loopback(.v4, port: port))
    try #require(try listener.waitUntilReadable(for: .seconds(10)))
    let server = try listener.accept()
    try server.set(.keepalive, to: 1)
    let found = try #require(
      try audit().sockets.first { $0.owners.first?.descriptor == server.number })
    #expect(found.table.local.family == .v6)
    #expect(found.table.local.address.unmapped == .loopback(.v4))
    #expect(found.readings?.options[.keepalive] == 1)
  }

  @Test func `audit: the paths of a Multipath TCP connection are named as such`() throws {
    let number = Glibc.socket(AF_INET, CInt(SOCK_STREAM.rawValue), 262)  // IPPROTO_MPTCP
    if number < 0 { return }  // the kernel has none
    let listener = Descriptor(owning: number)
    try listener.listen(on: .loopback(.v4), backlog: 4)
    let client = Descriptor(owning: Glibc.socket(AF_INET, CInt(SOCK_STREAM.rawValue), 262))
    try client.neverBlock()
    _ = client.connect(to: try listener.localAddress())
    try #require(try listener.waitUntilReadable(for: .seconds(10)))
    let server = try listener.accept()
    let paths = try audit().sockets.filter { $0.table.isMultipath }
    #expect(paths.count >= 2)
    #expect(paths.allSatisfy { $0.options == .unknown(.multipath) })
    withExtendedLifetime(server.number) {}
  }

  @Test func `audit: nothing is left open`() throws {
    let connection = try Connection(.v4)
    _ = try audit()
    let before = try ProcFS().list("self/fd").count
    for _ in 0..<100 { _ = try audit() }
    #expect(try ProcFS().list("self/fd").count == before)
    withExtendedLifetime(connection) {}
  }

  @Test func `audit: a descriptor that became another socket is told apart by its cookie`() throws {
    let (one, other) = (try Connection(.v4), try Connection(.v4))
    let table = try one.socket(at: .client, in: .established)
    let wrong = SocketOwner(
      process: getpid(), descriptor: try #require(other.client).descriptor.number)
    var reader = SocketOptionReader(readingAll: true)
    guard case .gone = reader.reading(of: table, by: wrong) else {
      Issue.record("another socket was taken for it")
      return
    }
    let file = SocketOwner(process: getpid(), descriptor: 0)
    guard case .gone = reader.reading(of: table, by: file) else {
      Issue.record("a file was taken for it")
      return
    }
    let ended = SocketOwner(process: .max, descriptor: 3)
    guard
      case .known = reader.reading(
        of: table,
        by: SocketOwner(
          process: getpid(), descriptor: try #require(one.client).descriptor.number))
    else {
      Issue.record("it was not read")
      return
    }
    if case .known = reader.reading(of: table, by: ended) { Issue.record("nobody's was read") }
  }

  /// In two hundred rounds a socket is closed in the middle of a hundred readings.
  @Test func `audit: a socket that is read all the time still sends its FIN at once`() throws {
    var latest = Duration.zero
    for round in 0..<200 {
      let connection = try Connection(.v4)
      let table = try connection.socket(at: .client, in: .established)
      let number = connection.client?.descriptor.number ?? -1
      let owner = SocketOwner(process: getpid(), descriptor: number)
      let closer = Closer(after: 100 + UInt32(round * 5)) { connection.close(.client) }
      var reader = SocketOptionReader(readingAll: true)
      var isGone = false
      for _ in 0..<2000 where !isGone {
        if case .gone = reader.reading(of: table, by: owner) { isGone = true }
      }
      let closed = closer.join()
      let server = try #require(connection.server)
      try #require(try server.descriptor.waitUntilReadable(for: .seconds(10)))
      latest = max(latest, KernelClock.monotonic.now - closed)
      #expect(isGone)
    }
    // The thread may have slept; a FIN that waits for anything takes 40 ms and more.
    #expect(latest < .seconds(1))
  }
}

/// Does something in a thread of its own, a while from now.
private final class Closer {
  private final class Work {
    let delay: UInt32
    let action: () -> Void
    var done = Duration.zero
    init(_ delay: UInt32, _ action: @escaping () -> Void) {
      (self.delay, self.action) = (delay, action)
    }
  }

  private let work: Work
  private var thread = pthread_t()

  /// - Parameter delay: in microseconds.
  init(after delay: UInt32, _ action: @escaping () -> Void) {
    work = Work(delay, action)
    pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        let work = Unmanaged<Work>.fromOpaque(argument).takeUnretainedValue()
        usleep(work.delay)
        work.action()
        work.done = KernelClock.monotonic.now
        return nil
      }, Unmanaged.passUnretained(work).toOpaque())
  }

  /// Waits for it, and says when it was done.
  func join() -> Duration {
    pthread_join(thread, nil)
    return work.done
  }
}
