import Linux
import TCPModel
import Testing

@testable import Probes

/// Targets to results, with a resolver of the tests' own: no name leaves the machine.
struct ProbeRunTests {
  private let peers = Peers()
  /// `both`: 127.0.0.1 and ::1; `slow`: takes half a second; everything else is unknown.
  private static let resolver = [
    "/bin/sh", "-c",
    """
    while read name; do case $name in \
    both) echo '127.0.0.1%0 ::1%0';; slow) sleep 0.5; echo '127.0.0.1%0';; \
    dead) exit 1;; *) echo '!EAI_NONAME: unknown';; esac; done
    """,
  ]

  private func results(
    _ targets: [String], ports: [UInt16] = [], _ settings: ConnectSettings = ConnectSettings(),
    _ change: (inout ProbeRun.Plan) -> Void = { _ in }
  ) throws -> [ProbedAddress] {
    var plan = ProbeRun.Plan()
    plan.resolver = Self.resolver
    change(&plan)
    let list = try TargetList(targets, files: [], ports: ports, option: Options.read)
    var results: [ProbedAddress] = []
    let run = ProbeRun(list, plan, interrupted: { true }) { results.append($0) }
    try run.play(settings, watching: nil)
    return results
  }

  @Test func `every address of a block with every port is its own result`() throws {
    let open = try peers.open()
    let results = try results(["127.0.0.0/30"], ports: [open.port, 9])
    #expect(results.count == 8 && Set(results.compactMap(\.address)).count == 8)
    #expect(results.allSatisfy { $0.target == "127.0.0.0/30" && $0.place == 0 })
    #expect(results.filter { $0.result.outcome.kind == .open }.map(\.address) == [open.description])
  }

  @Test func `every address of a name is its own result`() throws {
    let open = try peers.open()
    let results = try results(["both:\(open.port)"])
    #expect(Set(results.map(\.result.outcome)) == [.open(isReset: false), .refused])
    #expect(results.allSatisfy { $0.resolution ?? .zero > .zero })
  }

  @Test func `a name without addresses is unresolved, with the reason`() throws {
    let results = try results(["nobody:80", "dead:80"])
    #expect(
      Set(results.map(\.result.outcome)) == [
        .unresolved(because: "EAI_NONAME: unknown"),
        .unresolved(because: "the resolver has died (exit status 1)"),
      ])
    #expect(results.count == 2 && results.allSatisfy { $0.address == nil })
  }

  @Test func `names are resolved side by side, and hold up nobody else`() throws {
    let open = try peers.open()
    let start = Clock.monotonic.now
    let results = try results(
      Array(repeating: "slow:\(open.port)", count: 8) + [open.description])
    #expect(Clock.monotonic.now - start < .milliseconds(1500))
    #expect(results.count == 9 && results.first?.target == open.description)
  }

  @Test func `more names than resolvers are all resolved`() throws {
    let open = try peers.open()
    let results = try results(Array(repeating: "both", count: 100), ports: [open.port, 9])
    #expect(results.count == 400 && Set(results.map(\.place)).count == 100)
  }

  @Test func `rounds of an address come one after the other`() throws {
    let open = try peers.open()
    let start = Clock.monotonic.now
    let results = try results([open.description]) {
      $0.rounds = 4
      $0.pause = .milliseconds(50)
    }
    #expect(results.count == 1 && results[0].rounds.count == 4)
    #expect(Clock.monotonic.now - start >= .milliseconds(150))
  }

  @Test func `of a race only the winner is told`() throws {
    let open = try peers.open(.v6)
    let silent = try peers.silent()
    #expect(
      try results(["both:\(open.port)"]) { $0.isRace = true }.map(\.address) == [open.description])
    // Silent first: the next one begins after a quarter of a second.
    var settings = ConnectSettings()
    settings.deadline = .milliseconds(900)
    let both = try results(["both:\(silent.port)"], settings) { $0.isRace = true }
    #expect(both.map(\.result.outcome) == [.refused, .undecided])
  }

  @Test func `families take turns in a race`() throws {
    func address(_ text: String) throws -> SocketAddress {
      SocketAddress(try #require(IPAddress(text)), port: 0)
    }
    let six = try ["::1", "::2", "::3"].map(address)
    let four = try ["127.0.0.1"].map(address)
    #expect(Race.interlaced(six + four) == [six[0], four[0], six[1], six[2]])
    #expect(Race.interlaced([]).isEmpty)
  }
}
