import Linux
import NetAddress
import Observations
import TCPModel
import Testing

@testable import Probes

/// Targets to results, with a resolver of the tests' own: no name leaves the machine.
struct ProbeSessionTests {
  private let peers = Peers()
  /// `both`: 127.0.0.1 and ::1; `slow`: takes half a second; everything else is unknown.
  private static let resolver = [
    "/bin/sh", "-c",
    """
    while read name; do case $name in \
    both) echo '127.0.0.1%0 ::1%0';; slow) sleep 0.5; echo '127.0.0.1%0';; \
    dead) exit 1;; never) sleep 60;; last) echo '127.0.0.1%0'; exit 0;; *) echo '!EAI_NONAME: unknown';; esac; done
    """,
  ]

  /// - Parameter time: when to interrupt it; nil is never.
  private func results(
    _ targets: [String], ports: [UInt16] = [], _ settings: ConnectSettings = ConnectSettings(),
    interruptedAfter time: Double? = nil, _ change: (inout ProbeSession.Plan) -> Void = { _ in }
  ) throws -> [ProbedAddress] {
    var plan = ProbeSession.Plan()
    plan.resolver = Self.resolver
    change(&plan)
    let list = try TargetList(targets, files: [], ports: ports, option: Options.read)
    var results: [ProbedAddress] = []
    let run = ProbeSession(list, plan, interrupted: {}) { results.append($0) }
    let interrupt = try Descriptor.pipe()
    let clock = try time.map {
      try ChildProcess(
        running: ["/bin/sh", "-c", "sleep \($0); echo"], input: interrupt.readEnd,
        output: interrupt.writeEnd)
    }
    try run.run(settings, watching: interrupt.readEnd.number)
    withExtendedLifetime(clock) {}
    return results
  }

  @Test func `probe session: every address of a block with every port is its own result`() throws {
    let open = try peers.open()
    let results = try results(["127.0.0.0/30"], ports: [open.port, 9])
    #expect(results.count == 8)
    #expect(Set(results.compactMap(\.endpoint)).count == 8)
    #expect(results.allSatisfy { $0.target == "127.0.0.0/30" && $0.index == 0 })
    #expect(results.filter { $0.result.outcome.kind == .open }.map(\.endpoint) == [open])
  }

  @Test func `probe session: every address of a name is its own result`() throws {
    let open = try peers.open()
    let results = try results(["both:\(open.port)"])
    #expect(Set(results.map(\.result.outcome)) == [.open(isReset: false), .refused])
    #expect(results.allSatisfy { $0.resolution ?? .zero > .zero })
  }

  @Test func `probe session: a name without addresses is unresolved, with the reason`() throws {
    let results = try results(["nobody:80", "dead:80"])
    #expect(
      Set(results.map(\.result.outcome)) == [
        .unresolved(because: "EAI_NONAME: unknown"),
        .unresolved(because: "the resolver has died (exit status 1)"),
      ])
    #expect(results.count == 2)
    #expect(results.allSatisfy { $0.endpoint == nil })
  }

  @Test func `probe session: names are resolved side by side, and hold up nobody else`() throws {
    let open = try peers.open()
    let start = KernelClock.monotonic.now
    let results = try results(
      Array(repeating: "slow:\(open.port)", count: 8) + [open.description])
    #expect(KernelClock.monotonic.now - start < .milliseconds(1500))
    #expect(results.count == 9)
    #expect(results.first?.target == open.description)
  }

  @Test func `probe session: more names than resolvers are all resolved`() throws {
    let open = try peers.open()
    let results = try results(Array(repeating: "both", count: 100), ports: [open.port, 9])
    #expect(results.count == 400)
    #expect(Set(results.map(\.index)).count == 100)
  }

  @Test func `probe session: a name that no resolver answers is given up`() throws {
    let start = KernelClock.monotonic.now
    let results = try results(["never:80", "both:9"]) { $0.patience = .milliseconds(300) }
    #expect(KernelClock.monotonic.now - start < .seconds(5))
    #expect(results.count == 3)
    let never = results.first { $0.target == "never:80" }
    #expect(never?.result.outcome == .unresolved(because: "no answer"))
    #expect(never?.resolution ?? .zero >= .milliseconds(300))
  }

  @Test func `probe session: a resolver that dies when it has answered is no interrupt`() throws {
    let open = try peers.open()
    let results = try results(["last:\(open.port)", "slow:\(open.port)"])
    #expect(
      results.map(\.result.outcome) == [.open(isReset: false), .open(isReset: false)])
  }

  @Test func `probe session: a resolver that cannot be started is told`() throws {
    let results = try results(["both:9"]) { $0.resolver = ["/nowhere/resolver"] }
    #expect(
      results.map(\.result.outcome) == [
        .unresolved(because: "no resolver: execve /nowhere/resolver: ENOENT")
      ])
  }

  @Test func `probe session: names are asked for while all places are taken`() throws {
    let (open, silent) = (try peers.open(), try peers.silent())
    var settings = ConnectSettings()
    (settings.concurrency, settings.deadline) = (1, .milliseconds(600))
    let start = KernelClock.monotonic.now
    let results = try results([silent.description, "slow:\(open.port)"], settings)
    #expect(results.map(\.target) == [silent.description, "slow:\(open.port)"])
    // Looked up during the first attempt.
    #expect(KernelClock.monotonic.now - start < .milliseconds(1050))
  }

  @Test func `probe session: an interrupt keeps the rounds that are over`() throws {
    let (open, silent) = (try peers.open(), try peers.silent())
    let results = try results(
      [open.description, silent.description, "never:80"], interruptedAfter: 0.5
    ) {
      ($0.rounds, $0.pause) = (1000, .milliseconds(100))
    }
    #expect(results.count == 3)
    let rounds = try #require(results.first { $0.target == open.description }).rounds
    #expect(rounds.count > 1)
    #expect(rounds.count < 10)
    #expect(rounds.allSatisfy { $0.outcome == .open(isReset: false) && !$0.isInterrupted })
    #expect(results.filter(\.isCutShort).count == 2)
    let hung = try #require(results.first { $0.target == silent.description }).rounds
    #expect(hung.map(\.outcome) == [.undecided])
    #expect(hung[0].isInterrupted)
    let name = try #require(results.first { $0.target == "never:80" })
    #expect(name.result.outcome == .unresolved(because: "no answer yet"))
    #expect(name.resolution ?? .zero > .milliseconds(300))
  }

  @Test func `probe session: an interrupted race tells those that have failed`() throws {
    let silent = try peers.silent()
    // Refused for IPv6, silent for IPv4.
    let results = try results(["both:\(silent.port)"], interruptedAfter: 0.4) { $0.isRace = true }
    #expect(Set(results.map(\.result.outcome)) == [.refused, .undecided])
  }

  @Test func `probe session: rounds of an address come one after the other`() throws {
    let open = try peers.open()
    let start = KernelClock.monotonic.now
    let results = try results([open.description]) {
      $0.rounds = 4
      $0.pause = .milliseconds(50)
    }
    try #require(results.count == 1)
    #expect(results[0].rounds.count == 4)
    #expect(KernelClock.monotonic.now - start >= .milliseconds(150))
  }

  @Test func `probe session: of a race only the winner is told, and whom it has beaten`() throws {
    let open = try peers.open(.v6)
    let silent = try peers.silent()
    let won = try results(["both:\(open.port)"]) { $0.isRace = true }
    #expect(won.map(\.endpoint) == [open])
    #expect(won[0].race?.losers == [RaceReport.Loser(.loopback(.v4, port: open.port), .refused)])
    #expect(try #require(won[0].race).wait < .milliseconds(200))
    // Silent first: the next one begins after a quarter of a second.
    var settings = ConnectSettings()
    settings.deadline = .milliseconds(900)
    let both = try results(["both:\(silent.port)"], settings) { $0.isRace = true }
    #expect(both.map(\.result.outcome) == [.undecided, .refused])
    #expect(both.allSatisfy { $0.race?.losers.count == 2 })
    #expect(try #require(both[0].race).wait >= .milliseconds(900))
  }

  @Test func `probe session: families take turns in a race`() throws {
    func address(_ text: String) throws -> Endpoint {
      Endpoint(try #require(IPAddress(text)), port: 0)
    }
    let six = try ["::1", "::2", "::3"].map(address)
    let four = try ["127.0.0.1"].map(address)
    #expect(HappyEyeballs.interlaced(six + four) == [six[0], four[0], six[1], six[2]])
    #expect(HappyEyeballs.interlaced([]).isEmpty)
  }
}
