import Advisor
import NetAddress
import TCPModel
import Testing

struct ExplanationTests {
  private static let releases = ["3.10", "5.4", "6.18"]

  private func whatIf(_ kernel: String = "6.18", _ sysctls: [SysctlKey: Int] = [:])
    -> WhatIf
  {
    WhatIf(pitfallExperiment(.connect, [:], sysctls, kernel: kernel).snapshot)
  }

  private func explanation(_ key: SysctlKey, in whatIf: WhatIf) throws
    -> SysctlExplanation
  {
    SysctlExplanation(of: try #require(SysctlCatalog[key]), in: whatIf)
  }

  private func explanation(_ name: String, in whatIf: WhatIf) throws
    -> OptionExplanation
  {
    OptionExplanation(of: try #require(SocketOptionInfo(named: name)), in: whatIf)
  }

  @Test(arguments: releases)
  func `explanation: every sysctl is explained on every kernel`(kernel: String) {
    let whatIf = whatIf(kernel)
    for sysctl in SysctlCatalog.all {
      let explanation = SysctlExplanation(of: sysctl, in: whatIf)
      let decides = Scenario.allCases.filter { $0.tells(.sysctl(sysctl.key)) }
      let isThere = explanation.reading != .absent
      #expect(
        explanation.scenarios.map(\.experiment.scenario) == (isThere ? decides : []),
        "\(sysctl.key)")
      if isThere { #expect(explanation.reading.printed == explanation.usual, "\(sysctl.key)") }
    }
  }

  @Test(arguments: releases)
  func `explanation: every option is explained on every kernel`(kernel: String) {
    for facts in SocketOptionInfo.all {
      let explanation = OptionExplanation(of: facts, in: whatIf(kernel))
      let decides =
        facts.option.map { option in Scenario.allCases.filter { $0.tells(.option(option)) } } ?? []
      #expect(
        explanation.scenarios.map(\.experiment.scenario)
          == (explanation.exists ? decides.flatMap { [$0, $0] } : []), "\(facts.name)")
    }
  }

  @Test func `explanation: what a sysctl decides is what the model simulates`() throws {
    let explanation = try explanation(.tcpRetries2, in: whatIf("6.18", [.tcpRetries2: 8]))
    let send = try #require(explanation.scenarios.first { $0.experiment.scenario == .send })
    #expect(
      send.timeline.timeToEnd
        == Timeline(of: pitfallExperiment(.send, [:], [.tcpRetries2: 8])).timeToEnd)
    #expect(explanation.reading == .value(8))
    #expect(explanation.usual == "15")
    #expect(explanation.scenarios.map(\.experiment.scenario) == [.send, .zeroWindow])
  }

  @Test func `explanation: idle is simulated with probes, and says so`() throws {
    let explanation = try explanation(.tcpKeepaliveTime, in: whatIf())
    #expect(explanation.scenarios.map(\.experiment.options) == [SocketOptions([.keepalive: 1])])
    #expect(
      explanation.pitfalls.first { $0.countsHere }?.pitfall.id == "no-sysctl-switches-keepalive-on")
  }

  @Test(arguments: [("SO_KEEPALIVE", Timeline.Termination.never), ("TCP_KEEPIDLE", .always)])
  func `explanation: an option is simulated without and with a value`(
    name: String, unset: Timeline.Termination
  )
    throws
  {
    let explanation = try explanation(name, in: whatIf())
    #expect(explanation.scenarios.map(\.timeline.timeToEnd.ends) == [unset, .always])
    let option = try #require(explanation.facts.option)
    #expect(explanation.scenarios[0].experiment.options[option] == nil)
    #expect(explanation.scenarios[1].experiment.options[option] == explanation.facts.example)
  }

  @Test func `explanation: a value that is asked about stands in for the example`() throws {
    var whatIf = whatIf()
    whatIf.options[.userTimeout] = 5000
    let explanation = try explanation("TCP_USER_TIMEOUT", in: whatIf)
    let connects = explanation.scenarios.filter { $0.experiment.scenario == .connect }
    #expect(connects.map { $0.experiment.options[.userTimeout] } == [nil, 5000])
    #expect(try #require(connects.last?.timeline.timeToEnd.range).latest < .seconds(6))
  }

  @Test func `explanation: an option that a kernel lacks is not run`() throws {
    let explanation = try explanation("TCP_RTO_MAX_MS", in: whatIf("6.1"))
    #expect(!explanation.exists)
    #expect(explanation.scenarios.isEmpty)
    #expect(!explanation.pitfalls.isEmpty)
  }

  @Test func `explanation: an unset option reads its sysctl`() throws {
    let whatIf = whatIf("6.18", [.tcpKeepaliveTime: 300])
    #expect(try explanation("TCP_KEEPIDLE", in: whatIf).unsetReads == 300)
    #expect(try explanation("TCP_QUICKACK", in: whatIf).unsetReads == 1)
    #expect(try explanation("SO_LINGER", in: whatIf).unsetReads == nil)
  }

  /// Ticks, the most seconds that fit (written to Linux 6.18 at 250 ticks: 8589934, not 8589935).
  @Test(arguments: [(100, 21_474_836), (250, 8_589_934), (1000, 2_147_483)])
  func `explanation: seconds that are kept in jiffies are bounded by the tick`(
    hertz: Int, most: Int
  ) throws {
    var whatIf = whatIf()
    whatIf.snapshot.tickRate = TickRate(hertz: hertz)
    #expect(try explanation(.tcpKeepaliveTime, in: whatIf).range == -most...most)
    whatIf.snapshot.tickRate = nil
    #expect(try explanation(.tcpKeepaliveTime, in: whatIf).range == nil)
    #expect(try explanation(.tcpRetries2, in: whatIf).range == 0...255)
  }

  @Test(arguments: AddressFamily.allCases)
  func `explanation: a neighbour's setting is simulated in its own family`(family: AddressFamily)
    throws
  {
    let key = SysctlKey.neighbour("mcast_solicit", family)
    let explanation = try explanation(key, in: whatIf("6.18", [key: 1]))
    #expect(explanation.scenarios.map(\.experiment.family) == [family, family])
    #expect(try #require(explanation.scenarios[0].timeline.timeToEnd.range).latest < .seconds(2))
    #expect(
      explanation.pitfalls.contains { $0.pitfall.id == "devices-keep-their-own" && $0.countsHere })
  }

  @Test func `explanation: what a device has of its own decides`() throws {
    let own = SysctlKey("net.ipv4.neigh.eth0.mcast_solicit")
    let sysctl = try #require(SysctlCatalog.ofDevice(own))
    let whatIf = whatIf("6.18", [own: 5])
    let explanation = SysctlExplanation(of: sysctl, in: whatIf)
    #expect(explanation.reading == .value(5))
    #expect(explanation.usual == "3")
    #expect(
      try #require(explanation.scenarios.first?.timeline.timeToEnd.range).earliest > .seconds(5))
    let missing = SysctlExplanation(
      of: sysctl, in: WhatIf(pitfallExperiment(.connect).snapshot))
    #expect(missing.reading == .absent)
    #expect(missing.scenarios.isEmpty)
  }

  @Test func `explanation: what cannot be known is unknown, and nothing else`() throws {
    var whatIf = whatIf()
    whatIf.snapshot[.tcpRetries2] = .denied("EACCES")
    let explanation = try explanation(.tcpRetries2, in: whatIf)
    #expect(!explanation.scenarios.isEmpty)
    for outcome in explanation.scenarios {
      guard case .unknown(let reason) = outcome.timeline.timeToEnd.ends else {
        Issue.record("\(outcome.experiment.scenario) is known")
        continue
      }
      #expect(reason.contains("tcp_retries2"))
    }
  }

  @Test func `explanation: what is preferred to a setting does not advise it`() {
    let rows =
      SysctlCatalog.all.map { ($0.key.rawValue, $0.preference) }
      + SocketOptionInfo.all.map { ($0.name, $0.preference) }
    var preferences = 0
    for (setting, preference) in rows {
      guard let preference else { continue }
      preferences += 1
      #expect((8...160).contains(preference.count))
      let words = preference.split { !($0.isLetter || $0.isNumber || $0 == "_") }
      let name = setting.split(separator: ".").last
      #expect(!words.contains { $0 == name }, "\(setting): \(preference)")
    }
    #expect(preferences >= 15)
  }
}
