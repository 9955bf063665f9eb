import Linux
import NamespaceTesting
import NetAddress
import Observations
import TCPModel
import Testing

@testable import Probes

/// One socket used again and new ones, against peers on loopback.
struct ReconnectorTests {
  static let families: [AddressFamily] = [.v4, .v6]
  private let peers = Peers()

  private func trial(
    _ address: Endpoint, _ rounds: Int = 8, watching number: CInt? = nil,
    _ change: (inout ConnectSettings) -> Void = { _ in }
  ) throws -> ReconnectTrial {
    var settings = ConnectSettings()
    change(&settings)
    return try ReconnectTrial.simulating(rounds, to: address, settings, watching: number)
  }

  @Test(arguments: families)
  func `reconnector: disconnecting resets the peer's connection, closing does not`(
    family: AddressFamily
  )
    throws
  {
    let listener = try Descriptor.streamSocket(family)
    try listener.listen(on: .loopback(family), backlog: 100)
    let trial = try trial(listener.localAddress())
    #expect(trial.look?.conduct == .silent)
    #expect(trial.look?.errorLeft == "ECONNRESET")
    #expect(trial.look?.roundTripBefore != nil)
    #expect(trial.look?.roundTripAfter == nil)
    for way in [trial.renewed, trial.reused] {
      #expect(way.open == 8)
      #expect(way.unread == 0)
      #expect(way.resetByPeer == 0)
      #expect(way.rounds.allSatisfy { $0.cost > .zero && $0.state == .established })
    }
    #expect(trial.reused.resets == 8)
    #expect(trial.renewed.resets == 0)
    #expect(trial.renewed.closedFirst == 8)
    #expect(trial.reused.closedFirst == 0)
    // The first look's connection was dissolved as well.
    let resets = try listener.resetsAccepted()
    #expect(resets.count == 17)
    #expect(resets.count { $0 } == 9)
  }

  @Test func `reconnector: no more begin in a second than may`() throws {
    let start = KernelClock.monotonic.now
    let trial = try trial(peers.closed(), 5) { $0.rate = 100 }
    // Eleven, of which the first need not wait.
    #expect(KernelClock.monotonic.now - start > .milliseconds(95))
    #expect(trial.reused.rounds.count == 5)
    #expect(trial.renewed.rounds.count == 5)
  }

  @Test func `reconnector: asked for, closing resets as well`() throws {
    let listener = try Descriptor.streamSocket(.v4)
    try listener.listen(on: .loopback(.v4), backlog: 100)
    let trial = try trial(listener.localAddress(), 5) { $0.resets = true }
    #expect(trial.renewed.resets == 5)
    #expect(trial.reused.resets == 5)
    #expect(trial.renewed.closedFirst == 0)
    let resets = try listener.resetsAccepted()
    #expect(resets.count == 11)
    #expect(resets.allSatisfy { $0 })
  }

  @Test(arguments: families)
  func `reconnector: a refused socket has nothing to reset`(family: AddressFamily) throws {
    let trial = try trial(peers.closed(family))
    for way in [trial.renewed, trial.reused] {
      #expect(way.rounds.map(\.outcome) == Array(repeating: .refused, count: 8))
      #expect(way.resets == 0)
      #expect(way.waits != nil)
      #expect(way.rounds.allSatisfy { $0.state == nil })
    }
    #expect(trial.look?.outcome == .refused)
    #expect(trial.look?.conduct == nil)
    #expect(trial.saving?.pairs == 8)
  }

  @Test func `reconnector: a silent peer is undecided both ways`() throws {
    let trial = try trial(peers.silent(), 2) { $0.deadline = .milliseconds(40) }
    for way in [trial.renewed, trial.reused] {
      #expect(way.counts == [.undecided: 2])
      #expect(way.resets == 0)
      #expect(way.waits == nil)
      #expect(way.rounds.allSatisfy { $0.cost < .milliseconds(20) })
    }
  }

  @Test func `reconnector: a peer that speaks first, closes or resets is told`() throws {
    let sends = try Server.serving(.sends) { try trial($0) }
    #expect(sends.look?.conduct == .sends(bytes: 3))
    #expect(sends.reused.open == 8)
    #expect(sends.reused.resets == 8)
    // Closing sends a RST just where something was unread.
    #expect(sends.renewed.resets == sends.renewed.unread)
    #expect(sends.renewed.closedFirst == 8 - sends.renewed.unread)
    #expect(try Server.serving(.closes) { try trial($0) }.look?.conduct == .closes)
    let resets = try Server.serving(.resets) { try trial($0, 20) }
    #expect(resets.look?.conduct == .resets)
    #expect(resets.look?.errorLeft == nil)
    #expect(resets.reused.open == 20)
    #expect(resets.reused.resets + resets.reused.resetByPeer == 20)
  }

  @Test
  func `reconnector: disconnecting keeps what a program has set, but for the shortest timeout`()
    throws
  {
    let look = try #require(try trial(peers.open(), 1).look)
    let names = look.changed.map(\.option)
    #expect(names.allSatisfy { $0 == .rtoMin })
    #expect(look.kept.contains(.userTimeout))
    #expect(look.kept.contains(.keepalive))
    // What has its default already cannot show that it goes back to it.
    let fresh = try Descriptor.streamSocket(.v4).options
    #expect(look.options.allSatisfy { $0.before != fresh[$0.option] })
  }

  @Test
  func `reconnector: an option that a program has set to its default shows nothing by that`() throws
  {
    let fresh = try Descriptor.streamSocket(.v4).options
    let count = try #require(fresh[.synCount])
    // Half of the one is the other.
    for value in [count, count * 2] {
      let look = try #require(try trial(peers.open(), 1) { $0.options[.synCount] = value }.look)
      let fate = try #require(look.options.first { $0.option == .synCount })
      #expect(fate.before != count)
      #expect(fate.isKept)
    }
  }

  @Test func `reconnector: a local port of one's own stays with the same socket alone`() throws {
    // Another address of loopback, where nobody has that port.
    let open = try peers.open()
    let trial = try trial(open, 3) {
      $0.source = Endpoint(bytes: [127, 0, 0, 77], port: open.port)
    }
    #expect(trial.reused.open == 3)
    #expect(trial.reused.portChanges == 0)
    #expect(Set(trial.reused.ports) == [open.port])
    #expect(trial.renewed.rounds.first?.outcome == .open(isReset: false))
    #expect(trial.renewed.localErrors == [.localError(call: "bind", errno: "EADDRINUSE")])
    // That is what the trial is to show, no failure.
    #expect(trial.hasOwnPort)
    #expect(trial.isExpected == true)
  }

  @Test func `reconnector: a source that is not ours is a local error both ways`() throws {
    let trial = try trial(peers.open(), 2) {
      $0.source = Endpoint(bytes: [192, 0, 2, 1], port: 0)
    }
    let error = ConnectOutcome.localError(call: "bind", errno: "EADDRNOTAVAIL")
    #expect(trial.look?.outcome == error)
    #expect(trial.saving == nil)
    #expect(trial.renewed.localErrors == [error])
    #expect(trial.reused.localErrors == [error])
  }

  @Test func `reconnector: what asks to stop ends the trial with what is there`() throws {
    let stop = try Descriptor.pipe()
    try DescriptorIO.writeAll([0], to: stop.writeEnd.number, "a pipe")
    let trial = try trial(peers.open(), 5, watching: stop.readEnd.number)
    #expect(trial.isInterrupted)
    #expect(trial.look == nil)
    #expect(trial.renewed.rounds.isEmpty)
    let late = try Descriptor.pipe()
    var child = try ChildProcess(
      running: ["/bin/sh", "-c", "sleep 0.3; echo"], input: late.readEnd, output: late.writeEnd)
    let start = KernelClock.monotonic.now
    let broken = try self.trial(peers.silent(), 5, watching: late.readEnd.number) {
      $0.deadline = .seconds(60)
    }
    #expect(broken.isInterrupted)
    #expect(KernelClock.monotonic.now - start < .seconds(20))
    _ = try child.wait()
  }

  @Test func `reconnector: what connect says is classified once`() {
    let under: [Errno?] = [.inProgress, .interrupted, .alreadyInProgress]
    #expect(under.allSatisfy { ConnectStart($0) == .inProgress })
    #expect(ConnectStart(nil) == .ended(nil))
    #expect(ConnectStart(.isConnected) == .ended(nil))
    for code in [Errno.connectionRefused, .hostUnreachable, .networkUnreachable, .timedOut] {
      #expect(ConnectStart(code) == .ended(code))
    }
    #expect(ConnectStart(.accessDenied) == .failed(.accessDenied))
  }

  @Test(.enabled("namespaces are refused here") { OwnNamespace.isAllowed })
  func `reconnector: the tests of a namespace pass in one`() throws {
    let (status, output) = try OwnNamespace.run("ProbesTests.ReconnectorInsideTests")
    #expect(status == 0, "\(output)")
    #expect(!output.contains("with 0 tests"), "\(output)")
  }
}
