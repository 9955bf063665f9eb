import TCPModel
import Testing

@testable import Advisor

/// Which of the plans that meet a profile is taken: one that an administrator would sign.
struct PreferenceTests {
  private func plan(
    within: Duration? = .seconds(900), survive: Duration? = nil, box: Duration? = nil,
    levers: Set<Lever> = [.sysctl], send: Duration? = nil
  ) throws -> Advice {
    var group = ConnectionGroup.sample(
      sets: SocketOptions([.keepalive: 1]), middleboxes: box.map { [.sample($0)] } ?? [],
      levers: levers, .sample(.idle, within: within, survive: survive))
    if let send { group.objectives.append(.sample(.send, within: send)) }
    let host = try Host.stock()
    return Advice(for: [.sample("p", group)], on: host, baselines: try Host.longTerm())
  }

  private func numbers(_ plan: Plan) -> [String: Int] {
    let sysctls = plan.sysctls.map { ($0.key.rawValue, $0.to.number ?? -1) }
    let options = plan.socketOptions.map { ($0.option.name, $0.value) }
    return Dictionary(sysctls + options) { $1 }
  }

  /// Seconds that a device remembers, and the one key that changes.
  @Test(arguments: [(nil, 180), (350, 150), (240, 120), (300, 150)] as [(Int?, Int)])
  func `plan: a shorter silence alone, in a number that people write`(memory: Int?, time: Int)
    throws
  {
    let advice = try plan(survive: .seconds(60), box: memory.map { .seconds($0) })
    #expect(numbers(advice.plan) == ["net.ipv4.tcp_keepalive_time": time])
    #expect(advice.plan.sideEffects.isEmpty)
    #expect(advice.plannedFindings.exitCode == 0)
  }

  @Test func `plan: half of the time is silence, the other half is for probes`() throws {
    let advice = try plan(within: .seconds(120), levers: [.socket])
    let wanted = ["TCP_KEEPIDLE": 60, "TCP_KEEPINTVL": 10, "TCP_KEEPCNT": 5]
    #expect(numbers(advice.plan) == wanted)
  }

  @Test func `plan: what is in force and meets everything stays`() throws {
    let host = try Host.stock().applying([
      .tcpKeepaliveTime: 5, .tcpKeepaliveIntvl: 1, .tcpKeepaliveProbes: 4,
    ])
    let group = ConnectionGroup.sample(
      sets: SocketOptions([.keepalive: 1]), levers: [.sysctl],
      .sample(.idle, within: .seconds(12)))
    let advice = Advice(for: [.sample("p", group)], on: host, baselines: try Host.longTerm())
    #expect(advice.plan.isEmpty)
    #expect(advice.plan.contradictions.isEmpty)
  }

  @Test func `portable plan: what nobody can meet writes no key`() throws {
    let group = ConnectionGroup.sample(
      sets: SocketOptions([.keepalive: 1]), levers: [.sysctl],
      .sample(.idle, within: .seconds(2), survive: .seconds(1)))
    let plan = try PortablePlan(for: [.sample("p", group)], kernels: KernelRules.longTerm)
    #expect(!plan.plan.sysctls.contains { Keepalive.keys.contains($0.key) })
    #expect(plan.leavesSomethingMissed)
    #expect(!plan.plan.contradictions.isEmpty)
  }

  @Test func `plan: user timeouts are whole seconds, and fives above a minute`() throws {
    for (within, step) in [(30, 1000), (120, 5000)] {
      let advice = try plan(
        within: nil, survive: nil, levers: [.socket], send: .seconds(within))
      let timeout = try #require(numbers(advice.plan)["TCP_USER_TIMEOUT"])
      #expect(timeout % step == 0, "\(timeout)")
      #expect(advice.plannedFindings.exitCode == 0)
    }
  }

  /// Idle, interval and count of a host behind a device that forgets after so long; whether a lost
  /// probe is followed by another in time. With NAT that forgets after 20 s, 10/10/3 died of one lost
  /// probe after 40.7 s, and 10/5/3 lived.
  @Test(
    arguments: [
      (10, 10, 3, 20, false), (10, 5, 3, 20, true), (175, 175, 3, 350, false),
      (175, 75, 9, 350, true), (180, 75, 9, 350, false),
      // Answered probes are an interval apart where that is longer: one lost makes it two.
      (10, 75, 9, 170, true), (10, 100, 9, 170, false), (10, 90, 9, 170, false),
    ])
  func `middlebox: a lost probe is followed by another before a device forgets`(
    _ idle: Int, _ interval: Int, _ count: Int, _ memory: Int, _ isMet: Bool
  ) throws {
    let host = try Host.stock().applying([
      .tcpKeepaliveTime: .number(idle), .tcpKeepaliveIntvl: .number(interval),
      .tcpKeepaliveProbes: .number(count),
    ])
    let group = ConnectionGroup.sample(
      sets: SocketOptions([.keepalive: 1]), middleboxes: [.sample(.seconds(memory))],
      .sample(.idle, survive: .seconds(interval)))
    let findings = [Profile.sample("p", group)].findings(on: host)
    #expect(findings.first { $0.id == "pool.idle.box" }?.status.isMet == isMet)
    // The outage of one lost probe is survived only if the device still knows the connection then.
    let survives = try #require(findings.first { $0.id == "pool.idle.survive" })
    #expect(survives.status.isMet == (max(idle, interval) + interval < memory))
  }
}
