import Advisor
import NetAddress
import TCPModel
import Testing

struct PitfallTests {
  /// A trap, a case where it counts and one where it does not.
  struct Row: Sendable, CustomTestStringConvertible {
    let id: String
    let here, elsewhere: Experiment
    var testDescription: String { id }

    init(_ id: String, _ here: Experiment, not elsewhere: Experiment) {
      (self.id, self.here, self.elsewhere) = (id, here, elsewhere)
    }
  }

  private static let keepalive: [SocketOption: Int] = [.keepalive: 1]

  private static func idle(_ options: [SocketOption: Int], _ sysctls: [SysctlKey: Int] = [:])
    -> Experiment
  {
    pitfallExperiment(.idle, keepalive.merging(options) { $1 }, sysctls)
  }

  private static let connecting: [Row] = [
    Row(
      "linear-timeouts-for-nothing", pitfallExperiment(.connect, [:], [.tcpSynRetries: 2]),
      not: pitfallExperiment(.connect)),
    Row(
      "linear-timeouts-on-top", pitfallExperiment(.connect),
      not: pitfallExperiment(.connect, [:], [.tcpSynRetries: 1])),
    Row(
      "few-syn-retries", pitfallExperiment(.connect, [:], [.tcpSynRetries: 2]),
      not: pitfallExperiment(.connect, [:], [.tcpSynRetries: 3])),
    Row(
      "rto-max-shortens-connect", pitfallExperiment(.connect, [.rtoMax: 10_000]),
      not: pitfallExperiment(.connect, [.rtoMax: 10_000], [.tcpSynRetries: 2])),
    Row(
      "user-timeout-lengthens-connect",
      pitfallExperiment(.connect, [.userTimeout: 10_000], [.tcpSynRetries: 1]),
      not: pitfallExperiment(.connect, [.userTimeout: 10_000])),
    Row(
      "connect-lasts-a-second", pitfallExperiment(.connect, [.userTimeout: 500]),
      not: pitfallExperiment(.connect, [.userTimeout: 1500])),
    Row(
      "user-timeout-unseen-by-connect",
      pitfallExperiment(.connect, [.userTimeout: 5000], kernel: "4.14"),
      not: pitfallExperiment(.connect, [.userTimeout: 5000], kernel: "5.4")),
    Row(
      "syn-in-every-tick", pitfallExperiment(.connect, [.userTimeout: 5000], kernel: "4.19.70"),
      not: pitfallExperiment(.connect, [.userTimeout: 5000], kernel: "4.19.250")),
    Row(
      "full-queue-is-silent", pitfallExperiment(.connect, kernel: "4.19.250"),
      not: pitfallExperiment(.connect)),
    Row(
      "syncnt-of-a-listener", pitfallExperiment(.accept, [.synCount: 2]),
      not: pitfallExperiment(.accept)),
    Row(
      "rto-max-spares-syn-acks", pitfallExperiment(.accept, [:], [.tcpRtoMaxMs: 1000]),
      not: pitfallExperiment(.accept)),
    Row(
      "rto-max-shortens-syn-acks",
      pitfallExperiment(.accept, [:], [.tcpRtoMaxMs: 1000], kernel: "7.3"),
      not: pitfallExperiment(.accept, [:], [.tcpRtoMaxMs: 1000])),
    Row(
      "defer-accept-drops-nobody", pitfallExperiment(.accept, [.deferAccept: 10]),
      not: pitfallExperiment(.accept)),
    Row(
      "overflow-harms-clients", pitfallExperiment(.accept, [:], [.tcpAbortOnOverflow: 1]),
      not: pitfallExperiment(.accept)),
    Row(
      "cookies-forget", pitfallExperiment(.accept, [:], [.tcpSyncookies: 2]),
      not: pitfallExperiment(.accept)),
    Row(
      "challenge-acks-are-shared", pitfallExperiment(.connect, [:], [.tcpChallengeACKLimit: 1000]),
      not: pitfallExperiment(.connect, [:], [.tcpChallengeACKLimit: 1000], kernel: "5.15")),
    Row(
      "devices-keep-their-own",
      pitfallExperiment(.neighbour, [:], [.neighbour("mcast_solicit", .v4): 1]),
      not: pitfallExperiment(.neighbour)),
    Row(
      "ucast-solicit-is-for-the-known",
      pitfallExperiment(.neighbour, [:], [.neighbour("ucast_solicit", .v4): 1]),
      not: pitfallExperiment(.neighbour)),
    Row(
      "known-neighbours-take-longer", pitfallExperiment(.neighbour),
      not: pitfallExperiment(.neighbour, [:], [.tcpSynRetries: 1])),
    Row(
      "old-owners-that-answer", pitfallExperiment(.movedAddress),
      not: pitfallExperiment(.neighbour)),
    Row(
      "moved-clients-give-up-first", pitfallExperiment(.movedAddress, [.userTimeout: 5000]),
      not: pitfallExperiment(.movedAddress)),
  ]

  private static let idling: [Row] = [
    Row("no-sysctl-switches-keepalive-on", pitfallExperiment(.idle), not: idle([:])),
    Row(
      "user-timeout-alone", pitfallExperiment(.idle, [.userTimeout: 5000]),
      not: idle([.userTimeout: 5000])),
    Row("probe-count-unread", idle([.userTimeout: 5000]), not: idle([:])),
    Row(
      "one-lost-probe-kills",
      idle([.keepIdle: 10, .keepInterval: 5, .userTimeout: 15_000]),
      not: idle([.keepIdle: 10, .keepInterval: 5, .userTimeout: 25_000])),
    Row(
      "user-timeout-lengthens-idle",
      idle([.keepIdle: 1, .keepInterval: 1, .keepCount: 1, .userTimeout: 20_000]),
      not: idle([.userTimeout: 20_000])),
    Row("single-probe", idle([:], [.tcpKeepaliveProbes: 1]), not: idle([.keepCount: 3])),
    Row("no-probes-kill", idle([:], [.tcpKeepaliveProbes: 0]), not: idle([:])),
    Row("middleboxes-forget-first", idle([:]), not: idle([.keepIdle: 120])),
    Row("probes-too-often", idle([.keepIdle: 10, .keepInterval: 5]), not: idle([.keepIdle: 10])),
    Row("answered-probes-wait", idle([.keepIdle: 60]), not: idle([.keepIdle: 75])),
    Row(
      "conntrack-forgets-first", idle([:], [.conntrackEstablished: 3600]), not: idle([:])),
    Row("hung-processes-answer", idle([:]), not: pitfallExperiment(.idle)),
    Row(
      "conntrack-picks-up-in-the-middle", idle([:], [.conntrackTCPLoose: 0]), not: idle([:])),
    Row(
      "programs-keep-their-own-times", idle([:], [.tcpKeepaliveTime: 300]),
      not: idle([.keepIdle: 300], [.tcpKeepaliveTime: 300])),
    Row(
      "new-namespaces-begin-anew", idle([:], [.tcpKeepaliveTime: 300]),
      not: idle([.keepIdle: 300])),
  ]

  private static let sending: [Row] = [
    Row(
      "keepalive-sleeps-while-sending", pitfallExperiment(.send, keepalive),
      not: pitfallExperiment(.send)),
    Row(
      "retries2-counts-no-retries", pitfallExperiment(.send, [:], [.tcpRetries2: 3]),
      not: pitfallExperiment(.send, [.userTimeout: 9000], [.tcpRetries2: 3])),
    Row(
      "retries2-below-rfc", pitfallExperiment(.send, [:], [.tcpRetries2: 7]),
      not: pitfallExperiment(.send)),
    Row(
      "retries2-has-cliffs", pitfallExperiment(.send, [:], [.tcpRetries2: 4]),
      not: pitfallExperiment(.send, [:], [.tcpRetries2: 8])),
    Row(
      "rto-max-shortens-the-limit", pitfallExperiment(.send, [:], [.tcpRtoMaxMs: 10_000]),
      not: pitfallExperiment(.send)),
    Row(
      "rto-min-keeps-the-limit", pitfallExperiment(.send, [.rtoMin: 50_000]),
      not: pitfallExperiment(.send)),
    Row(
      "user-timeout-counts-later", pitfallExperiment(.send, [.userTimeout: 30_000]),
      not: pitfallExperiment(.send)),
    Row(
      "user-timeout-lengthens-send",
      pitfallExperiment(.send, [.userTimeout: 30_000], [.tcpRetries2: 3]),
      not: pitfallExperiment(.send, [.userTimeout: 30_000])),
    Row(
      "retries1-ends-nothing", pitfallExperiment(.send, [:], [.tcpRetries1: 5]),
      not: pitfallExperiment(.send)),
    Row(
      "thin-streams-end-alike", pitfallExperiment(.send, [:], [.tcpThinLinearTimeouts: 1]),
      not: pitfallExperiment(.send)),
    Row(
      "user-timeout-kills-live-readers", pitfallExperiment(.zeroWindow, [.userTimeout: 2000]),
      not: pitfallExperiment(.zeroWindow)),
    Row(
      "closed-windows-last", pitfallExperiment(.zeroWindow),
      not: pitfallExperiment(.zeroWindow, [.userTimeout: 2000])),
    Row(
      "late-death-costs-more", pitfallExperiment(.zeroWindow, [:], [.tcpRetries2: 5]),
      not: pitfallExperiment(.zeroWindow, [.userTimeout: 2000], [.tcpRetries2: 5])),
    Row(
      "new-sockets-only", pitfallExperiment(.send, [:], [.tcpRtoMaxMs: 10_000]),
      not: pitfallExperiment(.send, [.rtoMax: 10_000])),
    Row(
      "timers-fire-late", pitfallExperiment(.send),
      not: pitfallExperiment(.send, [:], [.tcpRetries2: 1])),
  ]

  private static let closing: [Row] = [
    Row(
      "no-orphan-retries-are-eight", pitfallExperiment(.close),
      not: pitfallExperiment(.close, [:], [.tcpOrphanRetries: 8])),
    Row(
      "eight-orphan-retries-are-not-zero", pitfallExperiment(.close, [.rtoMax: 1000]),
      not: pitfallExperiment(.close)),
    Row(
      "few-orphan-retries-lose-data", pitfallExperiment(.close, [:], [.tcpOrphanRetries: 3]),
      not: pitfallExperiment(.close)),
    Row(
      "retries2-spares-orphans", pitfallExperiment(.close, [:], [.tcpRetries2: 8]),
      not: pitfallExperiment(.close)),
    Row(
      "fin-timeout-beyond-a-minute", pitfallExperiment(.finWait, [:], [.tcpFinTimeout: 70]),
      not: pitfallExperiment(.finWait, [:], [.tcpFinTimeout: 30])),
    Row(
      "linger2-stops-at-two-minutes", pitfallExperiment(.finWait, [.linger2: 121]),
      not: pitfallExperiment(.finWait, [.linger2: 120])),
    Row(
      "fin-timeout-is-not-time-wait", pitfallExperiment(.timeWait, [:], [.tcpFinTimeout: 30]),
      not: pitfallExperiment(.timeWait)),
    Row(
      "tw-reuse-is-for-clients", pitfallExperiment(.timeWait, [:], [.tcpTwReuse: 1]),
      not: pitfallExperiment(.timeWait)),
    Row(
      "tw-reuse-needs-timestamps", pitfallExperiment(.timeWait, [:], [.tcpTimestamps: 0]),
      not: pitfallExperiment(.timeWait, [:], [.tcpTimestamps: 0, .tcpTwReuse: 0])),
  ]

  private static let rows = connecting + idling + sending + closing

  @Test(arguments: rows)
  func `pitfalls: a pitfall counts for some values and not for others`(row: Row) throws {
    let pitfall = try #require(Pitfall.all.first { $0.id == row.id })
    #expect(pitfall.applies(to: row.here, timeline: Timeline(of: row.here)))
    #expect(!pitfall.applies(to: row.elsewhere, timeline: Timeline(of: row.elsewhere)))
    #expect(
      Pitfall.applying(to: row.here, timeline: Timeline(of: row.here)).contains { $0.id == row.id })
    for setting in pitfall.settings {
      #expect(Pitfall.about(setting).contains { $0.id == row.id })
    }
  }

  @Test func `pitfalls: every pitfall has values where it counts`() {
    #expect(Set(Self.rows.map(\.id)) == Set(Pitfall.all.map(\.id)))
    #expect(Set(Pitfall.all.map(\.id)).count == Pitfall.all.count)
    #expect(Pitfall.all.count >= 25)
  }

  @Test(arguments: Pitfall.all)
  func `pitfalls: a pitfall is short, says where it is from and is about something`(
    pitfall: Pitfall
  ) {
    #expect((60...260).contains(pitfall.sentence.count))
    #expect(pitfall.sentence.hasSuffix("."))
    #expect(!pitfall.source.isEmpty)
    #expect(!pitfall.settings.isEmpty)
    #expect(!pitfall.scenarios.isEmpty)
    #expect(pitfall.id.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" })
  }

  @Test func `pitfalls: a pitfall is about settings that there are`() {
    for pitfall in Pitfall.all {
      for name in pitfall.names.split(separator: " ").map(String.init) {
        let sysctls = SysctlCatalog.sysctls(named: name).map { Setting.sysctl($0.key) }
        let settings = SocketOption(named: name).map { [.option($0)] } ?? sysctls
        #expect(!settings.isEmpty, "\(name)")
        #expect(settings.allSatisfy(pitfall.settings.contains), "\(name)")
      }
    }
  }

  @Test func `pitfalls: nothing counts where nothing can be known`() {
    var unknown = pitfallExperiment(.connect, [.userTimeout: 10_000])
    unknown.snapshot.readings = [:]
    let found = Pitfall.applying(to: unknown, timeline: Timeline(of: unknown))
    #expect(found.isEmpty, "\(found.map(\.id))")
  }

  @Test func `pitfalls: stock settings have few pitfalls in each scenario`() {
    for scenario in Scenario.allCases {
      let experiment = pitfallExperiment(scenario)
      let found = Pitfall.applying(to: experiment, timeline: Timeline(of: experiment)).map(\.id)
      #expect(found.count <= 3, "\(scenario): \(found)")
    }
  }
}

extension Pitfall: CustomTestStringConvertible {
  public var testDescription: String { id }
}
