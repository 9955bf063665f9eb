import Advisor
import TCPModel
import Testing

struct TrapTests {
  /// A trap, a case where it counts and one where it does not.
  struct Row: Sendable, CustomTestStringConvertible {
    let id: String
    let here, elsewhere: Case
    var testDescription: String { id }

    init(_ id: String, _ here: Case, not elsewhere: Case) {
      (self.id, self.here, self.elsewhere) = (id, here, elsewhere)
    }
  }

  private static let keepalive: [SocketOption: Int] = [.keepalive: 1]

  private static func idle(_ options: [SocketOption: Int], _ sysctls: [SysctlKey: Int] = [:])
    -> Case
  {
    trapCase(.idle, keepalive.merging(options) { $1 }, sysctls)
  }

  private static let connecting: [Row] = [
    Row(
      "linear-timeouts-for-nothing", trapCase(.connect, [:], [.tcpSynRetries: 2]),
      not: trapCase(.connect)),
    Row(
      "linear-timeouts-on-top", trapCase(.connect),
      not: trapCase(.connect, [:], [.tcpSynRetries: 1])),
    Row(
      "few-syn-retries", trapCase(.connect, [:], [.tcpSynRetries: 2]),
      not: trapCase(.connect, [:], [.tcpSynRetries: 3])),
    Row(
      "rto-max-shortens-connect", trapCase(.connect, [.rtoMax: 10_000]),
      not: trapCase(.connect, [.rtoMax: 10_000], [.tcpSynRetries: 2])),
    Row(
      "user-timeout-lengthens-connect",
      trapCase(.connect, [.userTimeout: 10_000], [.tcpSynRetries: 1]),
      not: trapCase(.connect, [.userTimeout: 10_000])),
    Row(
      "connect-lasts-a-second", trapCase(.connect, [.userTimeout: 500]),
      not: trapCase(.connect, [.userTimeout: 1500])),
    Row(
      "user-timeout-unseen-by-connect", trapCase(.connect, [.userTimeout: 5000], kernel: "4.14"),
      not: trapCase(.connect, [.userTimeout: 5000], kernel: "5.4")),
    Row(
      "syn-in-every-tick", trapCase(.connect, [.userTimeout: 5000], kernel: "4.19.70"),
      not: trapCase(.connect, [.userTimeout: 5000], kernel: "4.19.250")),
    Row(
      "full-queue-is-silent", trapCase(.connect, kernel: "4.19.250"),
      not: trapCase(.connect)),
    Row(
      "syncnt-of-a-listener", trapCase(.accept, [.synCount: 2]), not: trapCase(.accept)),
    Row(
      "rto-max-spares-syn-acks", trapCase(.accept, [:], [.tcpRtoMaxMs: 1000]),
      not: trapCase(.accept)),
    Row(
      "defer-accept-drops-nobody", trapCase(.accept, [.deferAccept: 10]),
      not: trapCase(.accept)),
    Row(
      "overflow-harms-clients", trapCase(.accept, [:], [.tcpAbortOnOverflow: 1]),
      not: trapCase(.accept)),
    Row(
      "cookies-forget", trapCase(.accept, [:], [.tcpSyncookies: 2]), not: trapCase(.accept)),
    Row(
      "devices-keep-their-own",
      trapCase(.neighbour, [:], [.neighbour("mcast_solicit", .v4): 1]),
      not: trapCase(.neighbour)),
    Row(
      "ucast-solicit-is-for-the-known",
      trapCase(.neighbour, [:], [.neighbour("ucast_solicit", .v4): 1]),
      not: trapCase(.neighbour)),
    Row(
      "known-neighbours-take-longer", trapCase(.neighbour),
      not: trapCase(.neighbour, [:], [.tcpSynRetries: 1])),
  ]

  private static let idling: [Row] = [
    Row("no-sysctl-switches-keepalive-on", trapCase(.idle), not: idle([:])),
    Row(
      "user-timeout-alone", trapCase(.idle, [.userTimeout: 5000]),
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
    Row("probes-too-often", idle([.keepIdle: 10]), not: idle([.keepIdle: 60])),
    Row(
      "conntrack-forgets-first", idle([:], [.conntrackEstablished: 3600]), not: idle([:])),
    Row(
      "new-namespaces-begin-anew", idle([:], [.tcpKeepaliveTime: 300]),
      not: idle([.keepIdle: 300])),
  ]

  private static let sending: [Row] = [
    Row(
      "keepalive-sleeps-while-sending", trapCase(.send, keepalive), not: trapCase(.send)),
    Row(
      "retries2-counts-no-retries", trapCase(.send, [:], [.tcpRetries2: 3]),
      not: trapCase(.send, [.userTimeout: 9000], [.tcpRetries2: 3])),
    Row("retries2-below-rfc", trapCase(.send, [:], [.tcpRetries2: 7]), not: trapCase(.send)),
    Row(
      "retries2-has-cliffs", trapCase(.send, [:], [.tcpRetries2: 4]),
      not: trapCase(.send, [:], [.tcpRetries2: 8])),
    Row(
      "rto-max-shortens-the-limit", trapCase(.send, [:], [.tcpRtoMaxMs: 10_000]),
      not: trapCase(.send)),
    Row(
      "rto-min-keeps-the-limit", trapCase(.send, [.rtoMin: 50_000]), not: trapCase(.send)),
    Row(
      "user-timeout-counts-later", trapCase(.send, [.userTimeout: 30_000]),
      not: trapCase(.send)),
    Row(
      "user-timeout-lengthens-send", trapCase(.send, [.userTimeout: 30_000], [.tcpRetries2: 3]),
      not: trapCase(.send, [.userTimeout: 30_000])),
    Row(
      "retries1-ends-nothing", trapCase(.send, [:], [.tcpRetries1: 5]), not: trapCase(.send)),
    Row(
      "thin-streams-end-alike", trapCase(.send, [:], [.tcpThinLinearTimeouts: 1]),
      not: trapCase(.send)),
    Row(
      "user-timeout-kills-live-readers", trapCase(.zeroWindow, [.userTimeout: 2000]),
      not: trapCase(.zeroWindow)),
    Row(
      "closed-windows-last", trapCase(.zeroWindow),
      not: trapCase(.zeroWindow, [.userTimeout: 2000])),
    Row(
      "late-death-costs-more", trapCase(.zeroWindow, [:], [.tcpRetries2: 5]),
      not: trapCase(.zeroWindow, [.userTimeout: 2000], [.tcpRetries2: 5])),
    Row(
      "new-sockets-only", trapCase(.send, [:], [.tcpRtoMaxMs: 10_000]),
      not: trapCase(.send, [.rtoMax: 10_000])),
    Row("timers-fire-late", trapCase(.send), not: trapCase(.send, [:], [.tcpRetries2: 1])),
  ]

  private static let closing: [Row] = [
    Row(
      "no-orphan-retries-are-eight", trapCase(.close),
      not: trapCase(.close, [:], [.tcpOrphanRetries: 8])),
    Row(
      "eight-orphan-retries-are-not-zero", trapCase(.close, [.rtoMax: 1000]),
      not: trapCase(.close)),
    Row(
      "few-orphan-retries-lose-data", trapCase(.close, [:], [.tcpOrphanRetries: 3]),
      not: trapCase(.close)),
    Row("retries2-spares-orphans", trapCase(.close, [:], [.tcpRetries2: 8]), not: trapCase(.close)),
    Row(
      "fin-timeout-beyond-a-minute", trapCase(.finWait, [:], [.tcpFinTimeout: 70]),
      not: trapCase(.finWait, [:], [.tcpFinTimeout: 30])),
    Row(
      "linger2-stops-at-two-minutes", trapCase(.finWait, [.linger2: 121]),
      not: trapCase(.finWait, [.linger2: 120])),
    Row(
      "fin-timeout-is-not-time-wait", trapCase(.timeWait, [:], [.tcpFinTimeout: 30]),
      not: trapCase(.timeWait)),
    Row(
      "tw-reuse-is-for-clients", trapCase(.timeWait, [:], [.tcpTwReuse: 1]),
      not: trapCase(.timeWait)),
    Row(
      "tw-reuse-needs-timestamps", trapCase(.timeWait, [:], [.tcpTimestamps: 0]),
      not: trapCase(.timeWait, [:], [.tcpTimestamps: 0, .tcpTwReuse: 0])),
  ]

  private static let rows = connecting + idling + sending + closing

  @Test(arguments: rows)
  func `a trap counts for some values and not for others`(row: Row) throws {
    let trap = try #require(Trap.all.first { $0.id == row.id })
    #expect(trap.applies(to: row.here, played: Timeline(of: row.here)))
    #expect(!trap.applies(to: row.elsewhere, played: Timeline(of: row.elsewhere)))
    #expect(
      Trap.applying(to: row.here, played: Timeline(of: row.here)).contains { $0.id == row.id })
    for setting in trap.settings {
      #expect(Trap.about(setting).contains { $0.id == row.id })
    }
  }

  @Test func `every trap has values where it counts`() {
    #expect(Set(Self.rows.map(\.id)) == Set(Trap.all.map(\.id)))
    #expect(Set(Trap.all.map(\.id)).count == Trap.all.count && Trap.all.count >= 25)
  }

  @Test(arguments: Trap.all)
  func `a trap is short, says where it is from and is about something`(trap: Trap) {
    #expect((60...260).contains(trap.sentence.count) && trap.sentence.hasSuffix("."))
    #expect(!trap.source.isEmpty && !trap.settings.isEmpty && !trap.scenarios.isEmpty)
    #expect(trap.id.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" })
  }

  @Test func `a trap is about settings that there are`() {
    for trap in Trap.all {
      for name in trap.names.split(separator: " ").map(String.init) {
        let sysctls = SysctlCatalog.sysctls(named: name).map { Setting.sysctl($0.key) }
        let settings = SocketOption(named: name).map { [.option($0)] } ?? sysctls
        #expect(!settings.isEmpty && settings.allSatisfy(trap.settings.contains), "\(name)")
      }
    }
  }

  @Test func `nothing counts where nothing can be known`() {
    var unknown = trapCase(.connect, [.userTimeout: 10_000])
    unknown.snapshot.readings = [:]
    let found = Trap.applying(to: unknown, played: Timeline(of: unknown))
    #expect(found.isEmpty, "\(found.map(\.id))")
  }

  @Test func `stock settings have few traps in each scenario`() {
    for scenario in Scenario.allCases {
      let play = trapCase(scenario)
      let found = Trap.applying(to: play, played: Timeline(of: play)).map(\.id)
      #expect(found.count <= 3, "\(scenario): \(found)")
    }
  }
}

extension Trap: CustomTestStringConvertible {
  public var testDescription: String { id }
}
