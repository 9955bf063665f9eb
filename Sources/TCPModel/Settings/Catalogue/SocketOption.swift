/// A socket option that decides a time, by the name its header gives it.
///
/// Numbers and ranges: include/uapi/linux/tcp.h and `do_tcp_setsockopt`, Linux 6.18.
package struct SocketOption: Hashable, Comparable, Sendable, CustomStringConvertible {
  package enum Level: Sendable { case socket, tcp }

  package let name: String
  package let level: Level
  /// The number within the level; that of SOL_SOCKET options is the one of x86 and arm.
  package let number: Int32
  package let unit: Sysctl.Unit
  /// What the kernel accepts; anything else is EINVAL.
  package let range: ClosedRange<Int>
  /// The first release that has it, where that is later than 3.10.
  package let since: KernelVersion?
  /// What it does, in one line.
  package let meaning: String

  package var description: String { name }
  package static func == (left: Self, right: Self) -> Bool { left.name == right.name }
  package static func < (left: Self, right: Self) -> Bool { left.order < right.order }
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }

  /// The order in which options are shown: as `all` lists them.
  private var order: Int { Self.all.firstIndex(of: self) ?? Self.all.count }

  /// Whether the option decides when a scenario ends, on the socket that it happens to.
  package func decides(_ scenario: Scenario) -> Bool {
    scenario.definition.options.contains(self)
  }

  /// Finds an option by its name; nil when there is none.
  package init?(named name: String) {
    guard let option = Self.all.first(where: { $0.name == name }) else { return nil }
    self = option
  }

  private init(
    _ name: String, _ level: Level, _ number: Int32, _ unit: Sysctl.Unit, _ range: ClosedRange<Int>,
    since: KernelVersion? = nil, _ meaning: String
  ) {
    (self.name, self.level, self.number) = (name, level, number)
    (self.unit, self.range, self.since, self.meaning) = (unit, range, since, meaning)
  }

  package static let keepalive = Self(
    "SO_KEEPALIVE", .socket, 9, .flag, 0...1, "probe the peer while the connection is idle")
  package static let keepIdle = Self(
    "TCP_KEEPIDLE", .tcp, 4, .seconds, 1...32767, "silence before the first probe")
  package static let keepInterval = Self(
    "TCP_KEEPINTVL", .tcp, 5, .seconds, 1...32767, "time between probes")
  package static let keepCount = Self(
    "TCP_KEEPCNT", .tcp, 6, .count, 1...127, "unanswered probes before giving up")
  package static let synCount = Self(
    "TCP_SYNCNT", .tcp, 7, .count, 1...127, "SYN retransmissions, instead of tcp_syn_retries")
  package static let userTimeout = Self(
    "TCP_USER_TIMEOUT", .tcp, 18, .milliseconds, 0...Int(Int32.max),
    "how long sent data may stay unacknowledged, counted from the first retransmission")
  package static let rtoMax = Self(
    "TCP_RTO_MAX_MS", .tcp, 44, .milliseconds, 1000...120_000, since: KernelVersion(6, 15),
    "longest wait between retransmissions")
  package static let rtoMin = Self(
    "TCP_RTO_MIN_US", .tcp, 45, .microseconds, 1...200_000, since: KernelVersion(6, 15),
    "shortest wait before a retransmission")
  package static let linger2 = Self(
    "TCP_LINGER2", .tcp, 8, .seconds, -1...Int(Int32.max), "lifetime of an orphan in FIN-WAIT-2")
  package static let deferAccept = Self(
    "TCP_DEFER_ACCEPT", .tcp, 9, .seconds, 0...Int(Int32.max),
    "accept only when data has come, or after this long")
  package static let thinLinearTimeouts = Self(
    "TCP_THIN_LINEAR_TIMEOUTS", .tcp, 16, .flag, 0...1,
    "with few segments in flight, keep the wait for six retransmissions")

  /// All options the tool knows, in the order they are shown.
  package static let all: [SocketOption] = [
    .keepalive, .keepIdle, .keepInterval, .keepCount, .userTimeout, .synCount, .rtoMax, .rtoMin,
    .linger2, .deferAccept, .thinLinearTimeouts,
  ]
}
