import TCPModel
import Testing

/// Branches that neither a phase nor a round trip decides, and what leads to the others.
struct CircumstanceTests {
  private func experiment(
    _ scenario: Scenario, hertz: Int? = 1000, set: [SysctlKey: Int] = [:],
    _ options: [SocketOption: Int] = [:], rtt: ClosedRange<Duration> = Path.defaultRoundTrip
  ) -> Experiment {
    var snapshot = SettingsSnapshot.defaults(
      of: KernelVersion(6, 18), tickRate: hertz.flatMap { TickRate(hertz: $0) })
    for (key, value) in set { snapshot[key] = .value(.number(value)) }
    return Experiment(
      scenario, in: snapshot, options: SocketOptions(options), path: Path(roundTrip: rtt))
  }

  @Test(arguments: [100, 250, 1000, nil])
  func `circumstance: an ACK that is ignored is another course than none`(hertz: Int?) throws {
    let branches = Timeline(of: experiment(.accept, hertz: hertz, [.deferAccept: 100])).branches
    #expect(branches.map(\.circumstance) == [.notAcknowledged, .acknowledged])
    let silent = Timeline(of: experiment(.accept, hertz: hertz)).branches
    #expect(silent.map(\.circumstance) == [nil])
    #expect(silent.map(\.events) == [branches[0].events])
    // The kernel ignores it for one timeout at least, at which a SYN-ACK leaves anyway.
    let once = Timeline(of: experiment(.accept, hertz: hertz, [.deferAccept: 1])).branches
    #expect(once == silent)
  }

  @Test func `circumstance: a branch knows the first timeouts that lead to it`() throws {
    let wide = experiment(
      .send, set: [.tcpRetries2: 3], rtt: .milliseconds(1) ... .milliseconds(200))
    let timeline = Timeline(of: wide)
    #expect(timeline.branches.count == 3)
    #expect(!timeline.isNominalForAll)
    #expect(timeline.exactEnd == nil)
    #expect(timeline.exactEvents.isEmpty)
    for branch in timeline.branches {
      let timeouts = try #require(branch.timeouts)
      for timeout in [timeouts.earliest, timeouts.latest] {
        var pinned = wide
        pinned.path.retransmissionTimeout = timeout
        let kinds = Timeline(of: pinned).branches.map { $0.events.map(\.kind).count }
        #expect(kinds.contains(branch.events.count))
      }
    }
    let all = timeline.branches.compactMap(\.timeouts).reduce(TimeRange(.seconds(1), .zero)) {
      $0.union($1)
    }
    #expect(all == TimeRange(.milliseconds(201), .milliseconds(600)))
  }

  @Test(arguments: [100, 250, 1000, nil])
  func `circumstance: one first timeout has exact times`(hertz: Int?) throws {
    let timeline = Timeline(of: experiment(.send, hertz: hertz))
    #expect(timeline.exactEnd != nil)
    #expect(timeline.exactEnd == timeline.nominalEnd)
  }

  /// The delayed acknowledgement and the one at once are two round trips.
  @Test func `circumstance: the one branch of several simulations always happens`() throws {
    let branches = Timeline(of: experiment(.zeroWindow, hertz: 250)).branches
    #expect(branches.map(\.share) == [1])
    #expect(try #require(branches[0].timeouts).earliest == .milliseconds(204))
    #expect(try #require(branches[0].timeouts).latest == .milliseconds(208))
  }

  /// Each step of “what would change it” is such a simulation.
  @Test(arguments: [Scenario.send, .close, .zeroWindow], [250, 1000, nil])
  func `circumstance: an end alone is the end of the whole course`(scenario: Scenario, hertz: Int?)
  {
    for retries in [3, 8, 15] {
      for userTimeout in [nil, 20_000] {
        var experiment = experiment(
          scenario, hertz: hertz, set: [.tcpRetries2: retries, .tcpOrphanRetries: retries],
          userTimeout.map { [.userTimeout: $0] } ?? [:], rtt: .milliseconds(1) ... .milliseconds(20)
        )
        let whole = Timeline(of: experiment)
        experiment.precision = .ends
        let end = Timeline(of: experiment)
        #expect(end.branches.map(\.range) == whole.branches.map(\.range))
        #expect(end.branches.map(\.endReasons) == whole.branches.map(\.endReasons))
        for (rough, exact) in zip(end.branches, whole.branches) {
          #expect(
            zip(rough.events, exact.events).allSatisfy { $0.range.union($1.range) == $0.range })
          #expect(zip(rough.waits, exact.waits).allSatisfy { $0 >= $1 })
          #expect(rough.survives <= exact.survives)
        }
      }
    }
  }
}
