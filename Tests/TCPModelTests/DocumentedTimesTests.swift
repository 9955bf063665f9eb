import TCPModel
import Testing

/// Times that documents give, reproduced as nominal times: every wait exact.
struct DocumentedTimesTests {
  private func end(
    _ scenario: Scenario, _ kernel: KernelVersion, _ options: SocketOptions = .init(),
    set: [SysctlKey: Int] = [:], rto: Duration? = nil
  ) -> Duration? {
    var snapshot = SettingsSnapshot.defaults(of: kernel, tickRate: TickRate(hertz: 1000))
    for (key, value) in set { snapshot[key] = .value(.number(value)) }
    let path = Path(retransmissionTimeout: rto)
    return Timeline(of: Experiment(scenario, in: snapshot, options: options, path: path)).nominalEnd
  }

  /// Documentation/networking/ip-sysctl.rst, tcp_syn_retries: 127 s, and 131 s with linear timeouts.
  @Test(arguments: [
    (KernelVersion(5, 15), 127), (KernelVersion(6, 1), 127),
    (KernelVersion(6, 6), 131), (KernelVersion(6, 12), 131), (KernelVersion(6, 18), 131),
  ])
  func `documented times: a default connect takes what the documentation says`(
    kernel: KernelVersion, seconds: Int
  ) {
    #expect(end(.connect, kernel) == .seconds(seconds))
  }

  /// tcp_syn_retries, tcp_syn_linear_timeouts, seconds: measured; the first two of the second row
  /// are where the documentation's sum is wrong.
  @Test(arguments: [
    (1, 0, 3), (2, 0, 7), (3, 0, 15), (4, 0, 31), (5, 0, 63), (6, 0, 127), (7, 0, 247),
    (1, 4, 3), (2, 4, 7), (3, 4, 19), (4, 4, 35), (5, 4, 67), (6, 4, 131), (7, 4, 251),
    (1, 1, 4), (2, 1, 8), (6, 1, 128),
  ])
  func `documented times: retries and linear timeouts add up`(
    retries: Int, linear: Int, seconds: Int
  ) {
    let set: [SysctlKey: Int] = [.tcpSynRetries: retries, .tcpSynLinearTimeouts: linear]
    #expect(end(.connect, KernelVersion(6, 18), set: set) == .seconds(seconds))
  }

  /// tcp(7): 7200 s, then nine probes 75 s apart.
  @Test func `documented times: a default keepalive takes 7875 s`() {
    #expect(end(.idle, KernelVersion(6, 18), SocketOptions([.keepalive: 1])) == .seconds(7875))
  }

  /// ip-sysctl.rst, tcp_retries2: 924.6 s is a lower bound; tcp(7): 13 to 30 minutes by the RTO.
  @Test(arguments: [200, 201, 204, 300, 1000, 3000])
  func `documented times: fifteen data retries take 13 to 30 minutes`(rto: Int) throws {
    let time = try #require(end(.send, KernelVersion(6, 18), rto: .milliseconds(rto)))
    #expect(time >= .milliseconds(924_600))
    #expect(time <= .seconds(30 * 60))
  }

  @Test func `documented times: without SO_KEEPALIVE a dead idle peer is never noticed`() {
    let timeline = Timeline(of: Experiment(.idle, in: .defaults(of: KernelVersion(6, 18))))
    #expect(timeline.ends == .never)
    #expect(timeline.range == nil)
  }

  @Test func `documented times: a user timeout alone does nothing on an idle connection`() {
    let options = SocketOptions([.userTimeout: 5000])
    let idle = Experiment(.idle, in: .defaults(of: KernelVersion(6, 18)), options: options)
    #expect(Timeline(of: idle).ends == .never)
  }

  /// facts: user timeout in ms, end of a connect with tcp_syn_retries 1, in whole seconds.
  @Test func `documented times: a user timeout can lengthen a connect`() throws {
    let set: [SysctlKey: Int] = [.tcpSynRetries: 1]
    let plain = try #require(end(.connect, KernelVersion(6, 18), set: set))
    let longer = try #require(
      end(.connect, KernelVersion(6, 18), SocketOptions([.userTimeout: 10_000]), set: set))
    #expect(plain == .seconds(3))
    #expect(longer == .seconds(7))
  }

  /// ip-sysctl.rst, tcp_synack_retries: the fifth one leaves after 31 s, 63 s are the end.
  @Test(arguments: [(0, 1), (1, 3), (2, 7), (3, 15), (4, 31), (5, 63), (6, 127), (7, 247)])
  func `documented times: SYN-ACKs double from one second`(retries: Int, seconds: Int) {
    let time = end(.accept, KernelVersion(6, 18), set: [.tcpSynackRetries: retries])
    #expect(time == .seconds(seconds))
    let options = SocketOptions([.synCount: max(retries, 1)])
    #expect(end(.accept, KernelVersion(6, 18), options) == .seconds(max(seconds, 3)))
  }

  /// tcp(7), TCP_DEFER_ACCEPT, and the values it reads back: seconds asked for, seconds it lasts.
  @Test(arguments: [(1, 1), (2, 3), (4, 7), (5, 7), (10, 15), (30, 31), (127, 127), (128, 247)])
  func `documented times: deferring is rounded up`(asked: Int, seconds: Int) throws {
    var snapshot = SettingsSnapshot.defaults(
      of: KernelVersion(6, 18), tickRate: TickRate(hertz: 1000))
    snapshot[.tcpSynackRetries] = .value(0)
    let options = SocketOptions([.deferAccept: asked])
    let timeline = Timeline(of: Experiment(.accept, in: snapshot, options: options))
    // The last SYN-ACK leaves when the deferring is over; the entry is dropped one timeout later.
    let last = try #require(timeline.branches.last?.events.dropLast().last)
    #expect(last.range.earliest >= .seconds(seconds))
    #expect(last.range.latest <= .seconds(seconds) * 1.07)
    // A live client answers it, and is accepted.
    let acceptance = try #require(timeline.acceptance)
    #expect(acceptance.range.earliest == last.range.earliest + Path.defaultRoundTrip.lowerBound)
    #expect(acceptance.range.latest == last.range.latest + Path.defaultRoundTrip.upperBound)
    // One more than the doublings before two minutes; then two minutes each.
    let doublings = [1: 1, 3: 2, 7: 3, 15: 4, 31: 5, 63: 6, 127: 7, 247: 8]
    #expect(acceptance.timeouts == doublings[seconds])
  }

  /// The listener's retries have no part in it.
  @Test(arguments: [0, 5, 20], [1, 10, 30])
  func `documented times: a live client is accepted whatever the retries`(
    retries: Int, deferring: Int
  ) throws {
    func acceptance(_ retries: Int, _ tick: Int?, _ options: [SocketOption: Int]) throws
      -> Timeline.DeferredAcceptance?
    {
      var snapshot = SettingsSnapshot.defaults(
        of: KernelVersion(6, 18), tickRate: tick.flatMap { TickRate(hertz: $0) })
      snapshot[.tcpSynackRetries] = .value(.number(retries))
      return Timeline(of: Experiment(.accept, in: snapshot, options: SocketOptions(options)))
        .acceptance
    }
    let here = try #require(try acceptance(retries, 250, [.deferAccept: deferring]))
    #expect(try acceptance(3, 250, [.deferAccept: deferring]) == here)
    #expect(try acceptance(retries, 250, [:]) == nil)
    #expect(try acceptance(retries, 250, [.deferAccept: 0]) == nil)
    // Where the tick is not known, all of them.
    let any = try #require(try acceptance(retries, nil, [.deferAccept: deferring])).range
    #expect(any.union(here.range) == any)
  }

  /// Since 6.19 the RTO maximum of the listener bounds the waits, but not what seconds stand for.
  @Test(arguments: [("6.18", 15), ("6.19", 4)])
  func `documented times: a low RTO maximum accepts early where it bounds the waits`(
    kernel: String, seconds: Int
  ) throws {
    var snapshot = SettingsSnapshot.defaults(
      of: try #require(KernelVersion(kernel)), tickRate: TickRate(hertz: 1000))
    snapshot[.tcpRtoMaxMs] = .value(1000)
    let experiment = Experiment(
      .accept, in: snapshot, options: SocketOptions([.deferAccept: 10]))
    let acceptance = try #require(Timeline(of: experiment).acceptance)
    #expect(acceptance.timeouts == 4)
    #expect(acceptance.range.earliest >= .seconds(seconds))
    #expect(acceptance.range.latest <= .seconds(seconds) * 1.07)
    #expect(experiment.decidingSysctls.contains(.tcpRtoMaxMs) == (kernel == "6.19"))
  }

  /// ip-sysctl.rst, tcp_orphan_retries: eight retries, more than 100 s.
  @Test(arguments: [0, 8])
  func `documented times: an orphan lives for 104 s`(retries: Int) throws {
    let time = try #require(
      end(
        .close, KernelVersion(6, 18), set: [.tcpOrphanRetries: retries], rto: .milliseconds(204)))
    #expect(time >= .milliseconds(104_200))
    #expect(time <= .milliseconds(104_700))
  }

  /// ip-sysctl.rst, tcp_retries2: the sum of its doublings; facts for other counts and maxima.
  @Test(arguments: [
    (0, 120.0, 0.2), (3, 120, 3), (5, 120, 12.6), (8, 120, 102.2), (15, 120, 924.6), (8, 10, 42.6),
    (15, 10, 112.6),
  ])
  func `documented times: retries stand for a time`(retries: Int, maximum: Double, seconds: Double)
  {
    let model = ModelTimeout(ofDataWith: retries, maximum: .seconds(maximum))
    #expect(model.time == .milliseconds(Int(seconds * 1000)))
  }

  /// `tcp_orphan_retries`: zero stands for eight only until the timeout has reached its maximum.
  @Test
  func `documented times: no orphan retries are eight until the timeout is at its maximum`() throws
  {
    func end(_ retries: Int) throws -> Duration {
      let set: [SysctlKey: Int] = [.tcpOrphanRetries: retries, .tcpRtoMaxMs: 1000]
      return try #require(
        self.end(.close, KernelVersion(6, 18), set: set, rto: .milliseconds(204)))
    }
    // 0.2 s, then 0.408, 0.816 and 1 s, against 5.6 s: what eight retries stand for.
    #expect(try end(0) < .milliseconds(200 + 408 + 816 + 1000 + 50))
    #expect(try end(8) >= .milliseconds(200 + 5600))
  }

  /// tcp(7) and `tcp_write_timeout`: it takes the place of tcp_retries2 and of the probes' count.
  @Test(arguments: [10_000, 900_000, 1_500_000])
  func `documented times: a user timeout replaces what the sysctls say, up or down`(
    userTimeout: Int
  ) throws {
    let options = SocketOptions([.userTimeout: userTimeout, .keepalive: 1])
    let send = try #require(end(.send, KernelVersion(6, 18), options, rto: .milliseconds(204)))
    // The first retransmission leaves 0.405 s after the send.
    let late = send - .milliseconds(405 + userTimeout)
    #expect(late >= .zero)
    #expect(late <= .milliseconds(2))
    let set: [SysctlKey: Int] = [.tcpKeepaliveTime: 60, .tcpKeepaliveIntvl: 30]
    let idle = try #require(end(.idle, KernelVersion(6, 18), options, set: set))
    #expect(idle == .seconds(max(90, (userTimeout + 29_999) / 30_000 * 30)))
  }

  /// `reqsk_timer_handler`, and measured: the maximum of retransmissions is not that of SYN-ACKs.
  @Test func `documented times: SYN-ACKs know no RTO maximum`() {
    let set: [SysctlKey: Int] = [.tcpRtoMaxMs: 1000]
    #expect(end(.accept, KernelVersion(6, 18), set: set) == .seconds(63))
    let options = SocketOptions([.rtoMax: 1000])
    #expect(end(.accept, KernelVersion(6, 18), options) == .seconds(63))
  }

  /// ip-sysctl.rst, tcp_fin_timeout, and net/ipv4/tcp.c where it is wrong: seconds, seconds.
  @Test(arguments: [(1, 1), (30, 30), (60, 60), (61, 2), (65, 10), (70, 20), (90, 60), (120, 120)])
  func `documented times: FIN-WAIT-2 lasts twice what is above a minute`(timeout: Int, seconds: Int)
  {
    let time = end(.finWait, KernelVersion(6, 18), set: [.tcpFinTimeout: timeout])
    #expect(time == .seconds(seconds))
    let options = SocketOptions([.linger2: timeout])
    #expect(end(.finWait, KernelVersion(6, 18), options) == .seconds(seconds))
  }

  /// Three and a half timeouts are the least (`tcp_fin_time`).
  @Test(arguments: [-1, 0]) func `documented times: FIN-WAIT-2 lasts at least 0_7 s`(timeout: Int) {
    let set: [SysctlKey: Int] = [.tcpFinTimeout: timeout]
    let time = end(.finWait, KernelVersion(6, 18), set: set, rto: .milliseconds(204))
    #expect(time == .milliseconds(714))
  }

  /// TCP_LINGER2: as asked, as if asked for.
  @Test(arguments: [(0, 60), (121, 120), (Int(Int32.max), 120), (-1, 0)])
  func `documented times: TCP_LINGER2 has bounds`(asked: Int, seconds: Int) {
    #expect(
      end(.finWait, KernelVersion(6, 18), SocketOptions([.linger2: asked])) == .seconds(seconds))
  }

  /// `TCP_TIMEWAIT_LEN`.
  @Test func `documented times: TIME-WAIT lasts a minute whatever is set`() {
    #expect(end(.timeWait, KernelVersion(6, 18), set: [.tcpFinTimeout: 5]) == .seconds(60))
  }
}
