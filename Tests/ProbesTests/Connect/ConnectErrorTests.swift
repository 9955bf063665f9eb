import Linux
import NamespaceTesting
import NetAddress
import Observations
import Restrictions
import TCPModel
import Testing

@testable import Probes

/// What connect says when it is called again, for real.
struct ConnectErrorTests {
  private let peers = Peers()

  @Test func `connect errors: connect again while under way is EALREADY, and no end`() throws {
    let silent = try peers.silent()
    let socket = try Descriptor.streamSocket(.v4)
    #expect(socket.startConnecting(to: silent) == .inProgress)
    #expect(socket.startConnecting(to: silent) == .alreadyInProgress)
    #expect(socket.connect(to: silent) == .inProgress)
  }

  @Test
  func `connect errors: connect again when it is open succeeds once, then is EISCONN`() throws {
    let open = try peers.open()
    let socket = try Descriptor.streamSocket(.v4)
    #expect(socket.startConnecting(to: open) == .inProgress)
    #expect(try socket.readiness() == .output)
    #expect(socket.startConnecting(to: open) == nil)
    #expect(socket.startConnecting(to: open) == .isConnected)
    #expect(socket.connect(to: open) == .ended(nil))
  }

  /// A socket whose attempt was refused, and SO_ERROR read.
  private func refused() throws -> Descriptor {
    let socket = try Descriptor.streamSocket(.v4)
    #expect(socket.startConnecting(to: try peers.closed()) == .inProgress)
    #expect(try socket.readiness().contains(.hangUp))
    #expect(try socket.pendingError() == .connectionRefused)
    return socket
  }

  @Test func `connect errors: after an error that was read, connect is ECONNABORTED once`() throws {
    let socket = try refused()
    let silent = try peers.silent()
    #expect(socket.startConnecting(to: silent) == .connectionAborted)
    #expect(socket.startConnecting(to: silent) == .inProgress)
  }

  @Test func `connect errors: an earlier attempt's error is none of this one's`() throws {
    let socket = try refused()
    #expect(socket.connect(to: try peers.silent()) == .inProgress)
    let other = try refused()
    #expect(other.connect(to: try peers.open()) == .inProgress)
    #expect(try other.readiness() == .output)
  }

  /// An error that nobody has read is connect's to tell, and it tells it of the new address.
  @Test func `connect errors: after an error that was not read, connect tells that one`() throws {
    let socket = try Descriptor.streamSocket(.v4)
    #expect(socket.startConnecting(to: try peers.closed()) == .inProgress)
    #expect(try socket.readiness().contains(.hangUp))
    #expect(socket.startConnecting(to: try peers.open()) == .connectionRefused)
    #expect(socket.startConnecting(to: try peers.open()) == .inProgress)
  }

  @Test func `connect errors: one socket connects again after each refusal`() throws {
    let trial = try ReconnectTrial.simulating(5, to: peers.closed())
    #expect(trial.reused.rounds.map(\.outcome) == Array(repeating: .refused, count: 5))
    #expect(trial.renewed.rounds.map(\.outcome) == trial.reused.rounds.map(\.outcome))
  }

  /// Errors that end with what others hold.
  static let shortages: [Errno] = [
    .noBufferSpace, .noMemory, .wouldBlock, .tooManyOpenFiles, .tooManyOpenFilesOnHost,
    .addressInUse, .addressNotAvailable,
  ]
  /// Errors that stay.
  static let refusals: [Errno] = [
    .notPermitted, .accessDenied, .invalidArgument, .addressFamilyNotSupported, .notSupported,
  ]

  /// Connects to one address in a thread to which the kernel refuses that call.
  private func destinations(_ refusal: OwnThread.Refusal, _ settings: ConnectSettings)
    throws -> Destinations
  {
    let address = try #require(Endpoint(bytes: [127, 0, 0, 1], port: 9))
    var destinations: Destinations?
    try OwnThread.run(refusing: refusal) {
      destinations = try Destinations.connect(to: [address], settings)
    }
    return try #require(destinations)
  }

  @Test(.enabled("no seccomp here") { OwnThread.canRefuse }, arguments: shortages)
  func `connect errors: what may pass is tried again, and told when it has not passed`(code: Errno)
    throws
  {
    var settings = ConnectSettings()
    settings.retries = 1
    let start = KernelClock.monotonic.now
    let end = try #require(try destinations(.socket(.v4, code), settings).results.first)
    #expect(end.result.outcome == .localError(call: "socket", errno: code.name))
    #expect(end.failures == 1)
    #expect(end.result.time == .zero)
    #expect(KernelClock.monotonic.now - start >= .milliseconds(100))
  }

  @Test(.enabled("no seccomp here") { OwnThread.canRefuse }, arguments: refusals)
  func `connect errors: what a policy refuses is told at once`(code: Errno) throws {
    let end = try #require(try destinations(.socket(.v4, code), ConnectSettings()).results.first)
    #expect(end.result.outcome == .localError(call: "socket", errno: code.name))
    #expect(end.failures == 0)
  }
}
