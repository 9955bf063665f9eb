/// A socket option that decides a time, as the model knows it and as profiles name it.
package struct SocketOption: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// One for each option, so that what is the same object is the same option: a search copies and
  /// looks up options by the million.
  private final class Row: Sendable {
    let info: SocketOptionInfo
    let range: ClosedRange<Int>

    init(_ info: SocketOptionInfo, _ range: ClosedRange<Int>) {
      (self.info, self.range) = (info, range)
    }
  }

  private let row: Row

  /// What is known of it.
  package var info: SocketOptionInfo { row.info }
  /// The values that differ in effect: what profiles and grids may say.
  package var range: ClosedRange<Int> { row.range }
  package var name: String { info.name }
  package var unit: Sysctl.Unit { info.unit }
  package var description: String { name }

  package static func == (left: Self, right: Self) -> Bool { left.row === right.row }

  package static func < (left: Self, right: Self) -> Bool { left.order < right.order }

  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(row)) }

  /// The order in which options are shown: as `all` lists them.
  private var order: Int { Self.all.firstIndex(of: self) ?? Self.all.count }

  /// Returns whether the option decides when a scenario ends, on the socket that it happens to.
  package func decides(_ scenario: Scenario) -> Bool {
    scenario.definition.options.contains(self)
  }

  /// Returns the sysctl that stands in for the option where a program does not set it; nil if unset
  /// is off, or where the scenario does not look at it.
  package func sysctl(in scenario: Scenario) -> SysctlKey? {
    guard decides(scenario) else { return nil }
    return scenario.definition.standIns[self] ?? info.standsFor
  }

  /// Finds an option by its name; nil if there is none.
  package init?(named name: String) {
    guard let option = Self.all.first(where: { $0.name == name }) else { return nil }
    self = option
  }

  /// - Parameter accepted: what setsockopt takes, where that is more than `range`.
  private init(
    _ name: String, _ level: SocketOptionInfo.Level, _ number: Int32, _ unit: Sysctl.Unit,
    _ range: ClosedRange<Int>, accepted: ClosedRange<Int>? = nil,
    unset: SocketOptionInfo.Unset = .number(0), isInherited: Bool = true,
    since: KernelVersion? = nil, headersMayLackIt: Bool = false, _ meaning: String,
    outside: String = SocketOptionInfo.refused, remark: String? = nil, preferred: String? = nil,
    example: Int
  ) {
    let info = SocketOptionInfo(
      name, level, number, unit, accepted ?? range, unset: unset, isInherited: isInherited,
      since: since, headersMayLackIt: headersMayLackIt, meaning, outside: outside, remark: remark,
      preferred: preferred, example: example)
    row = Row(info, range)
  }
}

/// The rows of those options.
extension SocketOption {
  package static let keepalive = Self(
    "SO_KEEPALIVE", .socket, 9, .flag, 0...1, accepted: SocketOptionInfo.anyInteger,
    "probe the peer while the connection is idle", outside: SocketOptionInfo.truth,
    preferred: "an application heartbeat where proxies are on the path", example: 1)
  package static let keepIdle = Self(
    "TCP_KEEPIDLE", .tcp, 4, .seconds, 1...32767, unset: .sysctl(.tcpKeepaliveTime),
    "silence before the first probe", example: 60)
  package static let keepInterval = Self(
    "TCP_KEEPINTVL", .tcp, 5, .seconds, 1...32767, unset: .sysctl(.tcpKeepaliveIntvl),
    "time between probes", example: 10)
  package static let keepCount = Self(
    "TCP_KEEPCNT", .tcp, 6, .count, 1...127, unset: .sysctl(.tcpKeepaliveProbes),
    "unanswered probes before giving up", example: 3)
  package static let synCount = Self(
    "TCP_SYNCNT", .tcp, 7, .count, 1...127, unset: .sysctl(.tcpSynRetries),
    "SYN retransmissions, instead of tcp_syn_retries",
    outside: "EINVAL, although tcp(7) allows 255",
    remark: "tcp_syn_linear_timeouts come on top of it",
    preferred: "a deadline in the program, which limits name lookup and TLS as well", example: 3)
  package static let userTimeout = Self(
    "TCP_USER_TIMEOUT", .tcp, 18, .milliseconds, 0...Int(Int32.max), headersMayLackIt: true,
    "how long sent data may stay unacknowledged, counted from the first retransmission",
    outside: "EINVAL; rounded to jiffies before Linux 4.19", example: 30_000)
  package static let rtoMax = Self(
    "TCP_RTO_MAX_MS", .tcp, 44, .milliseconds, 1000...120_000, unset: .sysctl(.tcpRtoMaxMs),
    since: KernelVersion(6, 15), headersMayLackIt: true, "longest wait between retransmissions",
    example: 10_000)
  package static let rtoMin = Self(
    "TCP_RTO_MIN_US", .tcp, 45, .microseconds, 1...200_000, unset: .sysctl(.tcpRtoMinUs),
    since: KernelVersion(6, 15), headersMayLackIt: true, "shortest wait before a retransmission",
    outside: "EINVAL, a jiffy and less as well; rounded up to jiffies, two at least",
    remark: "it cannot raise the minimum above 200 ms, and connect(AF_UNSPEC) takes it back",
    preferred: "the default", example: 50_000)
  package static let linger2 = Self(
    "TCP_LINGER2", .tcp, 8, .seconds, -1...Int(Int32.max), accepted: SocketOptionInfo.anyInteger,
    unset: .sysctl(.tcpFinTimeout), "lifetime of an orphan in FIN-WAIT-2",
    outside: "above 120 becomes 120, below 0 a reset at once, 0 the sysctl; before Linux 5.4 more"
      + " than tcp_fin_timeout counts as 0",
    preferred: "the default", example: 10)
  package static let deferAccept = Self(
    "TCP_DEFER_ACCEPT", .tcp, 9, .seconds, 0...Int(Int32.max),
    accepted: SocketOptionInfo.anyInteger, isInherited: false,
    "accept only when data has come, or after this long",
    outside: "0 and below are off; rounded up to 1, 3, 7, 15, 31, 63 s and so on", example: 10)
  package static let thinLinearTimeouts = Self(
    "TCP_THIN_LINEAR_TIMEOUTS", .tcp, 16, .flag, 0...1,
    "with few segments in flight, keep the wait for six retransmissions",
    remark: "the limit stays a time: it retransmits more often, not longer", example: 1)

  /// All options that decide a time, in the order they are shown.
  package static let all: [SocketOption] = [
    .keepalive, .keepIdle, .keepInterval, .keepCount, .userTimeout, .synCount, .rtoMax, .rtoMin,
    .linger2, .deferAccept, .thinLinearTimeouts,
  ]
}
