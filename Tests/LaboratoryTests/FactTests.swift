import Advisor
import Glibc
import Linux
import Observations
import TCPModel
import Testing

@testable import Laboratory

/// Socket facts: their table, and how they are run on the kernel that runs here.
struct FactTests {
  static let rules = try? KernelRules(of: Bench.snapshot())
  static var facts: [SocketFact] {
    get throws { try SocketFact.all(under: rules) }
  }

  @Test(.enabled("namespaces are refused here") { Bench.isAllowed })
  func `facts: every fact is the same on this kernel, within five seconds`() throws {
    let start = KernelClock.monotonic.now
    let facts = try Self.facts
    let (observations, stop) = try Laboratory.run(facts, executable: Bench.executable)
    #expect(KernelClock.monotonic.now - start < .seconds(5))
    #expect(stop == nil)
    for (fact, observation) in zip(facts, observations) {
      let comparison = FactComparison(fact, observation)
      switch comparison.status {
      case .same, .unknown: break
      case .different, .notRun: Issue.record("\(fact.id): \(fact.claim): \(observation)")
      }
    }
  }

  @Test func `facts: facts have names of their own, and steps without results`() throws {
    let facts = try Self.facts
    #expect(Set(facts.map(\.id)).count == facts.count)
    #expect(facts.allSatisfy { !$0.steps.contains(":") && !$0.steps.isEmpty })
  }

  @Test
  func `facts: a fact that waits leaves sysctls alone, for others are run meanwhile`() throws {
    for fact in try Self.facts where fact.steps.contains("wait") {
      #expect(!fact.steps.contains("sysctl"), "\(fact.id)")
    }
  }

  @Test(arguments: SocketOptionInfo.all)
  func `facts: every option has its facts`(option: SocketOptionInfo) throws {
    let about = try Self.facts.map(\.id).filter { $0.hasPrefix("\(option.name).") }
    for what in ["unset", "range", "inherited", "disconnected"] {
      #expect(about.contains("\(option.name).\(what)"))
    }
  }

  @Test(arguments: SocketOptionInfo.all)
  func `facts: what is explained of an option is what happens`(option: SocketOptionInfo) throws {
    func claim(_ about: String) throws -> String {
      try #require(Self.facts.first { $0.id == "\(option.name).\(about)" }?.claim)
    }
    if case .number(let number) = option.unset {
      #expect(try claim("unset").hasSuffix("get: \(number)"))
    }
    let set = try #require(try claim("inherited").firstMatch(of: /listener set (-?\d+)/)).output.1
    #expect(try claim("inherited").hasSuffix("peer get: \(set)") == option.isInherited)
  }

  @Test(arguments: [
    ("TCP_RTO_MAX_MS.unset", KernelVersion(6, 12), "known from Linux 6.15 on"),
    ("TCP_LINGER2.range", KernelVersion(4, 19), "known from Linux 5.4 on"),
    ("TCP_QUICKACK.inherited", KernelVersion(6, 12), "known from Linux 6.18 on"),
    ("connect.timed-out-by-user-timeout", KernelVersion(4, 14), "known from Linux 5.4 on"),
    ("connect.refused", KernelVersion(4, 14), nil),
    ("TCP_RTO_MIN_US.least", KernelVersion(6, 18), nil),
  ])
  func `facts: what an older kernel does is claimed only as far as it is known`(
    id: String, kernel: KernelVersion, doubt: String?
  ) throws {
    let tick = TickRate(hertz: 250)
    let rules = try KernelRules(of: SettingsSnapshot.defaults(of: kernel, tickRate: tick))
    let fact = try #require(try SocketFact.all(under: rules).first { $0.id == id })
    #expect(fact.doubt == doubt)
    #expect((fact.expected == nil) == (doubt != nil))
  }

  @Test(arguments: [
    (100, "set 10000: EINVAL, set 10001: 20000", "set 4001: 4010"),
    (250, "set 4000: EINVAL, set 4001: 8000", "set 4001: 4004"),
    (1000, "set 1000: EINVAL, set 1001: 2000", "set 4001: 4001"),
  ])
  func `facts: times are rounded up to whole ticks`(hertz: Int, least: String, longest: String)
    throws
  {
    let snapshot = SettingsSnapshot.defaults(
      of: KernelVersion(6, 18), tickRate: TickRate(hertz: hertz))
    let facts = try SocketFact.all(under: KernelRules(of: snapshot))
    #expect(facts.contains { $0.claim == "option TCP_RTO_MIN_US, \(least)" && $0.doubt == nil })
    #expect(facts.contains { $0.claim == "option TCP_RTO_MAX_MS, \(longest)" && $0.doubt == nil })
  }

  static let nonsense = [
    "dance", "connect nowhere", "set x", "option TCP_NONSENSE, get", "icmp 3 x",
    "connect open, peer dance",
    "blocking connect", "connect open now", "set", "listener", "sysctl",
  ]

  @Test(.enabled("namespaces are refused here") { Bench.isAllowed })
  func `facts: what cannot be run says why, and what is run leaves no sysctl behind`() throws {
    let key = "net.ipv4.tcp_keepalive_time"
    let facts =
      [
        SocketFact("made-up", "sysctl \(key) 7, sysctl net.ipv4.no_such_key 1, epoll: 0x14"),
        SocketFact("after", "option TCP_KEEPIDLE, get: 7200"),
      ] + Self.nonsense.enumerated().map { SocketFact("nonsense-\($0)", $1) }
    let (observations, _) = try Laboratory.run(facts, executable: Bench.executable)
    #expect(
      observations[0]
        == .notRun(because: "open /proc/sys/net/ipv4/no_such_key: ENOENT"))
    #expect(observations[1] == .seen("option TCP_KEEPIDLE, get: 7200"))
    for observation in observations.dropFirst(2) {
      guard case .notRun(let reason) = observation else {
        Issue.record("\(observation)")
        continue
      }
      #expect(reason.hasPrefix("run “"), "\(reason)")
    }
  }

  @Test func `facts: a sandbox that dies is told with its status`() throws {
    let (observations, _) = try Laboratory.run(
      [SocketFact("a", "epoll: 0x14")], executable: "sandbox",
      wrapper: ["/bin/sh", "-c", "exit 7"])
    #expect(
      observations == [.notRun(because: "the sandbox ended early, with status 7")])
  }
}
