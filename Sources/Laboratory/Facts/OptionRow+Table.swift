import Linux
import TCPModel

extension OptionRow {
  static let all: [OptionRow] = timers + others

  /// Those that decide when the kernel gives up.
  private static let timers: [OptionRow] = [
    OptionRow(
      name: "SO_KEEPALIVE", level: .socket, number: 9, unset: "get: 0",
      tries: [(-1, "1"), (0, "0"), (1, "1"), (2, "1")], sample: 1),
    OptionRow(
      name: "TCP_KEEPIDLE", level: .tcp, number: 4,
      unset: "sysctl net.ipv4.tcp_keepalive_time 7201, get: 7201",
      tries: [(0, "EINVAL"), (1, "1"), (32767, "32767"), (32768, "EINVAL")], sample: 77),
    OptionRow(
      name: "TCP_KEEPINTVL", level: .tcp, number: 5,
      unset: "sysctl net.ipv4.tcp_keepalive_intvl 76, get: 76",
      tries: [(0, "EINVAL"), (1, "1"), (32767, "32767"), (32768, "EINVAL")], sample: 7),
    OptionRow(
      name: "TCP_KEEPCNT", level: .tcp, number: 6,
      unset: "sysctl net.ipv4.tcp_keepalive_probes 8, get: 8",
      tries: [(0, "EINVAL"), (1, "1"), (127, "127"), (128, "EINVAL")], sample: 3),
    OptionRow(
      name: "TCP_SYNCNT", level: .tcp, number: 7,
      unset: "sysctl net.ipv4.tcp_syn_retries 5, get: 5",
      tries: [(0, "EINVAL"), (1, "1"), (127, "127"), (128, "EINVAL")], sample: 2),
    OptionRow(
      name: "TCP_LINGER2", level: .tcp, number: 8, since: KernelVersion(5, 4),
      unset: "sysctl net.ipv4.tcp_fin_timeout 59, get: 59",
      tries: [(-5, "-1"), (0, "60"), (1, "1"), (120, "120"), (121, "120")], sample: 33),
    OptionRow(
      name: "TCP_DEFER_ACCEPT", level: .tcp, number: 9, unset: "get: 0",
      tries: [
        (-1, "0"), (0, "0"), (1, "1"), (2, "3"), (5, "7"), (10, "15"), (30, "31"), (128, "247"),
      ], sample: 7, accepted: "0"),
    OptionRow(
      name: "TCP_USER_TIMEOUT", level: .tcp, number: 18, since: KernelVersion(4, 19),
      unset: "get: 0",
      tries: [(-1, "EINVAL"), (0, "0"), (1, "1"), (Int(Int32.max), "\(Int32.max)")], sample: 5000),
    OptionRow(
      name: "TCP_RTO_MAX_MS", level: .tcp, number: 44, since: KernelVersion(6, 15),
      unset: "sysctl net.ipv4.tcp_rto_max_ms 110000, get: 110000",
      tries: [(999, "EINVAL"), (1000, "1000"), (120_000, "120000"), (120_001, "EINVAL")],
      sample: 5000),
    OptionRow(
      name: "TCP_RTO_MIN_US", level: .tcp, number: 45, since: KernelVersion(6, 15),
      unset: "sysctl net.ipv4.tcp_rto_min_us 100000, get: 100000",
      tries: [(0, "EINVAL"), (200_000, "200000"), (200_001, "EINVAL")], sample: 40_000,
      disconnected: "200000"),
    OptionRow(
      name: "TCP_DELACK_MAX_US", level: .tcp, number: 46, since: KernelVersion(6, 15),
      unset: "get: 200000",
      tries: [(0, "EINVAL"), (200_000, "200000"), (200_001, "EINVAL")], sample: 40_000,
      disconnected: "200000"),
    OptionRow(
      name: "TCP_THIN_LINEAR_TIMEOUTS", level: .tcp, number: 16, unset: "get: 0",
      tries: [(-1, "EINVAL"), (0, "0"), (1, "1"), (2, "EINVAL")], sample: 1),
  ]

  private static let others: [OptionRow] = [
    OptionRow(
      name: "TCP_NOTSENT_LOWAT", level: .tcp, number: 25, since: KernelVersion(3, 12),
      unset: "sysctl net.ipv4.tcp_notsent_lowat 4096, get: 0",
      tries: [(-1, "-1"), (0, "0"), (1, "1")], sample: 1234),
    OptionRow(
      name: "TCP_FASTOPEN_CONNECT", level: .tcp, number: 30, since: KernelVersion(4, 11),
      unset: "get: 0", tries: [(-1, "EINVAL"), (0, "0"), (1, "1"), (2, "EINVAL")], sample: 1),
    OptionRow(
      name: "TCP_NODELAY", level: .tcp, number: 1, unset: "get: 0",
      tries: [(-1, "1"), (0, "0"), (1, "1"), (2, "1")], sample: 1),
    OptionRow(
      name: "TCP_QUICKACK", level: .tcp, number: 12, unset: "get: 1",
      tries: [(-1, "1"), (0, "0"), (1, "1")], sample: 0, accepted: "1", disconnected: "1"),
    OptionRow(
      name: "SO_LINGER", level: .socket, number: 13, form: .linger, unset: "get: off",
      tries: [(0, "0"), (5, "5")], sample: 5),
    OptionRow(
      name: "SO_RCVTIMEO", level: .socket, number: 20, form: .time, unset: "get: 0",
      tries: [(-1, "EDOM"), (0, "0"), (2_000_000, "2000000")], sample: 2_000_000),
    OptionRow(
      name: "SO_SNDTIMEO", level: .socket, number: 21, form: .time, unset: "get: 0",
      tries: [(-1, "EDOM"), (0, "0"), (2_000_000, "2000000")], sample: 2_000_000),
    OptionRow(
      name: "SO_REUSEADDR", level: .socket, number: 2, unset: "get: 0",
      tries: [(-1, "1"), (0, "0"), (1, "1"), (2, "1")], sample: 1),
    OptionRow(
      name: "IP_RECVERR", level: .ip, number: 11, unset: "get: 0",
      tries: [(-1, "1"), (0, "0"), (1, "1"), (2, "1")], sample: 1),
    OptionRow(
      name: "IP_BIND_ADDRESS_NO_PORT", level: .ip, number: 24, since: KernelVersion(4, 2),
      unset: "get: 0", tries: [(-1, "1"), (0, "0"), (1, "1"), (2, "1")], sample: 1),
    // The lower bound, and the upper one times 65536.
    OptionRow(
      name: "IP_LOCAL_PORT_RANGE", level: .ip, number: 51, since: KernelVersion(6, 3),
      unset: "get: 0",
      tries: [
        (1_966_100_000, "1966100000"), (30000, "30000"), (1_310_750_000, "EINVAL"), (0, "0"),
      ], sample: 1_966_100_000),
  ]
}
