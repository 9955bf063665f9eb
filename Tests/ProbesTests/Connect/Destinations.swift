import Linux
import NetAddress
import Observations
import Probes
import TCPModel

final class Single: Destination {
  let address: Endpoint
  let options: SocketOptions
  var failures = 0
  var slot: Int?

  init(_ address: Endpoint, _ options: SocketOptions = SocketOptions()) {
    (self.address, self.options) = (address, options)
  }
}

/// Connects to a list and keeps what came of it.
final class Destinations: ConnectWorkload {
  private var rest: ArraySlice<Endpoint>
  private(set) var results: [(address: Endpoint, failures: Int, result: ConnectResult)] = []
  private(set) var mostAtOnce = 0

  private init(_ addresses: [Endpoint]) { rest = addresses[...] }

  static func connect(to addresses: [Endpoint], _ settings: ConnectSettings) throws
    -> Destinations
  {
    let destinations = Destinations(addresses)
    try ConnectEngine(settings, to: destinations).run()
    return destinations
  }

  /// What came of connecting to one address.
  static func result(of address: Endpoint, _ settings: ConnectSettings = ConnectSettings())
    throws -> ConnectResult?
  {
    try connect(to: [address], settings).results.first?.result
  }

  func prepare(in probe: ConnectEngine) {}

  func next(at now: Duration, in probe: ConnectEngine) throws(SystemCallError) -> NextDestination {
    rest.popFirst().map { .connect(Single($0)) } ?? .finished
  }

  func ended(_ destination: any Destination, _ result: ConnectResult, in probe: ConnectEngine) {
    mostAtOnce = max(mostAtOnce, probe.count + 1)
    results.append((destination.address, destination.failures, result))
  }

  func readable(_ number: CInt, in probe: ConnectEngine) {}
}

/// Listeners and ports on loopback, as tests need them.
final class Peers {
  private var sockets: [Socket] = []
  private var routers: [Router] = []

  private final class Socket {
    let descriptor: Descriptor
    init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }
  }

  /// Keeps something open as long as the test runs.
  func keep(_ descriptor: consuming Descriptor) { sockets.append(Socket(descriptor)) }

  func router(_ number: UInt8) throws -> Router {
    let router = try Router(number)
    routers.append(router)
    return router
  }

  func open(_ family: AddressFamily = .v4, backlog: CInt = 1000) throws -> Endpoint {
    let listener = Socket(try Descriptor.streamSocket(family))
    try listener.descriptor.listen(on: .loopback(family), backlog: backlog)
    sockets.append(listener)
    return try listener.descriptor.localAddress()
  }

  /// A port that stays ours, so that nobody listens there.
  func closed(_ family: AddressFamily = .v4) throws -> Endpoint {
    let bound = Socket(try Descriptor.streamSocket(family))
    try bound.descriptor.bind(to: .loopback(family))
    sockets.append(bound)
    return try bound.descriptor.localAddress()
  }

  /// A listener whose queue is full: further SYNs are dropped without a word, and no rights needed.
  func silent(_ family: AddressFamily = .v4) throws -> Endpoint {
    let address = try open(family, backlog: 0)
    let client = Socket(try Descriptor.streamSocket(family))
    _ = client.descriptor.startConnecting(to: address)
    sockets.append(client)
    return address
  }
}

extension ReconnectTrial {
  /// Connects to one address again and again, both ways.
  static func simulating(
    _ rounds: Int, to address: Endpoint, _ settings: ConnectSettings = ConnectSettings(),
    watching number: CInt? = nil
  ) throws -> ReconnectTrial {
    let trial = ReconnectTrial(of: "peer", to: address, rounds: rounds)
    return try Reconnector(settings, to: address, trial, watching: number).run()
  }
}

extension Descriptor {
  /// Of each connection in this listener's queue whether it was reset.
  func resetsAccepted() throws -> [Bool] {
    var resets: [Bool] = []
    while try waitUntilReadable(for: .zero) {
      resets.append(try accept().pendingError() == .connectionReset)
    }
    return resets
  }
}
