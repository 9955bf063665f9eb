import NetAddress
import Testing

@testable import TCPModel

/// What older kernels did, as their sources have it; where nobody looked, it stays unknown.
struct KernelHistoryTests {
  private func timeline(
    _ scenario: Scenario, _ release: String, _ options: [SocketOption: Int] = [:],
    set: [SysctlKey: Int] = [:], path: Path = Path()
  ) throws -> Timeline {
    let kernel = try #require(KernelVersion(release))
    var snapshot = SettingsSnapshot.defaults(of: kernel, tickRate: TickRate(hertz: 250))
    for (key, value) in set { snapshot[key] = .value(.number(value)) }
    return Timeline(
      of: Experiment(scenario, in: snapshot, options: SocketOptions(options), path: path))
  }

  private func isUnknown(_ timeline: Timeline) -> Bool {
    if case .unknown = timeline.ends { true } else { false }
  }

  /// Release, tcp_syn_retries, seconds.
  @Test(arguments: [
    ("3.10", 6, 127), ("3.10.105", 1, 3), ("4.14", 6, 127), ("4.16", 6, 127), ("4.19", 6, 127),
    ("4.19", 7, 247), ("4.19.76", 6, 127), ("4.19.77", 6, 31), ("4.19.78", 6, 31),
    ("4.19.78", 1, 3), ("4.19.208-a", 6, 31), ("4.19.209", 6, 127), ("4.20", 6, 127),
    ("5.2", 6, 127),
    ("5.4.273", 6, 127), ("5.15", 6, 127), ("6.1", 6, 127), ("6.4", 6, 127), ("6.5", 6, 131),
    ("6.6", 2, 7), ("7.1", 6, 131),
  ])
  func `kernel history: a connect takes what the release's rule says`(
    release: String, retries: Int, seconds: Int
  )
    throws
  {
    let timeline = try timeline(.connect, release, set: [.tcpSynRetries: retries])
    #expect(timeline.nominalEnd == .seconds(seconds), "\(timeline.ends)")
  }

  /// Release, user timeout in ms, seconds: ignored up to 4.14, replaces the time since 5.4.
  @Test(arguments: [
    ("3.10", 10_000, 127.0), ("4.14", 10_000, 127), ("4.19.78", 10_000, 10), ("5.4", 10_000, 10),
    ("5.4", 900, 1), ("4.19.209", 10_000, 10), ("6.1", 10_000, 10),
  ])
  func `kernel history: a user timeout ends a connect since 5_4`(
    release: String, timeout: Int, seconds: Double
  )
    throws
  {
    let timeline = try timeline(.connect, release, [.userTimeout: timeout])
    let late = try #require(timeline.nominalEnd) - .seconds(seconds)
    #expect(late >= .zero, "\(timeline.ends)")
    #expect(late <= .milliseconds(4), "\(timeline.ends)")
  }

  /// Linux 4.19: the user timeout shortens the waits and ends nothing, so that the retries which
  /// are left are used up within jiffies.
  @Test
  func `kernel history: 4_19 sends a SYN in every jiffy once the user timeout is over`() throws {
    let timeline = try timeline(.connect, "4.19", [.userTimeout: 2000])
    #expect(timeline.branches.allSatisfy { $0.events.count == 8 })
    let times = timeline.nominalEvents.map(\.range.earliest)
    let jiffy = Duration.milliseconds(4)
    #expect(
      times == [.zero, .seconds(1), .seconds(2)] + (1...5).map { .seconds(2) + jiffy * $0 })
    #expect(try #require(timeline.range).latest < .milliseconds(2200))
  }

  @Test func `kernel history: 4_14 lets the retransmission timer pass a user timeout`() throws {
    let path = Path(retransmissionTimeout: .milliseconds(204))
    let before = try timeline(.send, "4.14", [.userTimeout: 10_000], path: path)
    let after = try timeline(.send, "4.19", [.userTimeout: 10_000], path: path)
    // 0.408 s, then waits that double to more than ten seconds in all.
    #expect(before.nominalEnd == .milliseconds(408 + 204 * (2 + 4 + 8 + 16 + 32)))
    #expect(after.nominalEnd == .milliseconds(10_408))
  }

  @Test func `kernel history: 4_19 sends one window probe more`() throws {
    let path = Path(retransmissionTimeout: .milliseconds(204))
    let old = try timeline(.zeroWindow, "4.19", set: [.tcpRetries2: 3], path: path)
    let new = try timeline(.zeroWindow, "5.4", set: [.tcpRetries2: 3], path: path)
    #expect(old.branches.allSatisfy { $0.events.count == 5 })
    #expect(new.branches.allSatisfy { $0.events.count == 4 })
    #expect(isUnknown(try timeline(.zeroWindow, "4.19", [.userTimeout: 10_000])))
  }

  @Test func `kernel history: 4_19 takes a long TCP_LINGER2 for none`() throws {
    #expect(try timeline(.finWait, "4.19", [.linger2: 120]).nominalEnd == .seconds(60))
    #expect(try timeline(.finWait, "5.4", [.linger2: 120]).nominalEnd == .seconds(120))
    #expect(try timeline(.finWait, "5.1", [.linger2: 30]).nominalEnd == .seconds(30))
    #expect(isUnknown(try timeline(.finWait, "5.1", [.linger2: 90])))
  }

  /// Scenario, release, options: between the releases that were read, or not read there.
  @Test(
    arguments: [
      (Scenario.connect, "4.9", [:]), (.connect, "3.11", [:]), (.connect, "2.6", [:]),
      (.connect, "4.16", [.userTimeout: 5000]), (.connect, "5.1", [.userTimeout: 5000]),
      (.connect, "4.19.0-21-amd64", [:]), (.send, "4.9", [:]),
      (.send, "4.16", [.userTimeout: 5000]), (.zeroWindow, "5.1", [:]), (.accept, "3.10", [:]),
      (.finWait, "3.10", [:]), (.timeWait, "3.10", [:]), (.neighbour, "3.10", [:]),
    ] as [(Scenario, String, [SocketOption: Int])])
  func `kernel history: what not verified is unknown`(
    scenario: Scenario, release: String, options: [SocketOption: Int]
  ) throws {
    #expect(isUnknown(try timeline(scenario, release, options)))
  }

  /// Releases between those that were read: the reason names the nearest that are modelled.
  @Test(arguments: ["3.16.0-4-amd64", "4.4", "4.4.121-92.92-default", "4.9.337", "4.12.14-122.37"])
  func `kernel history: what is not modelled is refused with the nearest`(release: String) throws {
    let kernel = try #require(KernelVersion(release))
    let objection = try #require(KernelRules.objection(to: kernel))
    #expect(objection.hasPrefix("the timers of Linux \(release) are not modelled"))
    #expect(objection.hasSuffix("the nearest that are modelled are 3.10 and 4.14"))
    #expect(isUnknown(try timeline(.connect, release)))
  }

  @Test(arguments: [("7.3", nil), ("7.3.99", nil), ("7.4", "7.3"), ("8.0.1-arch1", "7.3")])
  func `kernel history: a newer release is modelled as the newest verified`(
    release: String, standIn: String?
  ) throws {
    let kernel = try #require(KernelVersion(release))
    #expect(KernelRules.standIn(for: kernel)?.description == standIn)
  }

  /// An answer that comes after the user timeout, but before the timer that is up to eight jiffies late.
  @Test(arguments: [(true, 585), (false, 992)])
  func `kernel history: since 7_0 a late answer is followed by a probe at once`(
    isSigned: Bool, end: Int
  ) throws {
    let probe = ZeroWindowProbe(
      timeout: 51, maximum: 30_000, retries: 15, limit: 15, userTimeout: 526,
      isClampSigned: isSigned, acknowledgement: 0, answer: 70, answersApart: 125, fate: .survives,
      lifetime: .max, roundTrip: 70)
    var trace = EventTrace()
    let tick = try #require(TickRate(hertz: 250))
    probe.run(from: 0, on: TimerWheel(tick), into: &trace)
    #expect(trace.times.last == end)
  }

  @Test func `kernel history: the clamp is signed from 7_0 on`() throws {
    func has(_ release: String) throws -> Bool {
      let kernel = try #require(KernelVersion(release))
      return try KernelRules(of: .defaults(of: kernel)).has(.signedProbeClamp)
    }
    #expect(try !has("6.19.14"))
    #expect(try has("7.0"))
  }

  /// Release, seconds: until 5.6 two probes a second were the most.
  @Test(arguments: [("4.19", 1.5), ("5.4", 1.5), ("5.8", 0.75), ("6.18", 0.75)])
  func `kernel history: short neighbour probes came with 5_8`(release: String, seconds: Double)
    throws
  {
    let short: [SysctlKey: Int] = [.neighbour("retrans_time_ms", .v4): 248]
    let end = try #require(try timeline(.neighbour, release, set: short).nominalEnd)
    #expect(end > .seconds(seconds - 0.01))
    #expect(end <= .seconds(seconds))
    #expect(isUnknown(try timeline(.neighbour, "5.7", set: short)))
    #expect(try timeline(.neighbour, "5.7").nominalEnd == .seconds(3))
  }

  /// Release, key, default.
  @Test(arguments: [
    ("4.14", "net.ipv4.tcp_tw_reuse", "0"), ("4.19", "net.ipv4.tcp_tw_reuse", "2"),
    ("5.3", "net.core.somaxconn", "128"), ("5.4", "net.core.somaxconn", "4096"),
    ("5.4", "net.ipv4.tcp_fastopen_blackhole_timeout_sec", "3600"),
    ("5.15", "net.ipv4.tcp_fastopen_blackhole_timeout_sec", "0"),
    ("3.10", "net.ipv4.tcp_notsent_lowat", nil), ("3.10", "net.ipv4.tcp_syn_retries", "6"),
  ])
  func `kernel history: defaults are those of the release`(
    release: String, key: String, value: String?
  ) throws {
    let kernel = try #require(KernelVersion(release))
    #expect(SettingsSnapshot.defaults(of: kernel)[SysctlKey(key)].printed == value)
  }

  /// kernel/time/timer.c before 4.8, `apply_slack`: by hand, armed at, for, fires at.
  @Test(arguments: [
    (1000, 50, 1050), (1000, 255, 1255), (1000, 256, 1257), (1001, 250, 1251), (1000, 1000, 2002),
    (1040, 1000, 2042), (1045, 1000, 2048), (0, 30_000, 30_080), (5, 0, 6),
  ])
  func `kernel history: a timer of 3_10 is put off to a round jiffy`(
    now: Int, wait: Int, fires: Int
  ) {
    #expect(TimerWheel.slack.fire(after: wait, at: now) == fires)
  }

  @Test func `kernel history: slack repeats after its period`() {
    for wait in [1, 255, 256, 1000, 4000, 30_000, 120_000] {
      let period = TimerWheel.slack.granularity(of: wait)
      for now in stride(from: 0, to: 3 * period, by: 7) {
        let late = TimerWheel.slack.fire(after: wait, at: now) - now - wait
        #expect((0...wait / 256).contains(late))
        #expect(TimerWheel.slack.fire(after: wait, at: now + period) - now - wait == late + period)
      }
    }
  }
}
