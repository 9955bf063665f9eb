import Linux

extension OptionRow {
  static let all: [OptionRow] = timers + others

  /// Those that decide when the kernel gives up.
  private static let timers: [OptionRow] = [
    OptionRow(
      name: "SO_KEEPALIVE", level: .socket, number: 9, unset: "get: 0",
      range: "set -1: 1, set 0: 0, set 1: 1, set 2: 1", sample: 1),
    OptionRow(
      name: "TCP_KEEPIDLE", level: .tcp, number: 4,
      unset: "sysctl net.ipv4.tcp_keepalive_time 7201, get: 7201",
      range: "set 0: EINVAL, set 1: 1, set 32767: 32767, set 32768: EINVAL", sample: 77),
    OptionRow(
      name: "TCP_KEEPINTVL", level: .tcp, number: 5,
      unset: "sysctl net.ipv4.tcp_keepalive_intvl 76, get: 76",
      range: "set 0: EINVAL, set 1: 1, set 32767: 32767, set 32768: EINVAL", sample: 7),
    OptionRow(
      name: "TCP_KEEPCNT", level: .tcp, number: 6,
      unset: "sysctl net.ipv4.tcp_keepalive_probes 8, get: 8",
      range: "set 0: EINVAL, set 1: 1, set 127: 127, set 128: EINVAL", sample: 3),
    OptionRow(
      name: "TCP_SYNCNT", level: .tcp, number: 7,
      unset: "sysctl net.ipv4.tcp_syn_retries 5, get: 5",
      range: "set 0: EINVAL, set 1: 1, set 127: 127, set 128: EINVAL", sample: 2),
    OptionRow(
      name: "TCP_LINGER2", level: .tcp, number: 8, since: "5.4",
      unset: "sysctl net.ipv4.tcp_fin_timeout 59, get: 59",
      range: "set -5: -1, set 0: 60, set 1: 1, set 120: 120, set 121: 120", sample: 33,
      disconnectedSince: "6.18"),
    OptionRow(
      name: "TCP_DEFER_ACCEPT", level: .tcp, number: 9, unset: "get: 0",
      range:
        "set -1: 0, set 0: 0, set 1: 1, set 2: 3, set 5: 7, set 10: 15, set 30: 31, set 128: 247",
      sample: 7, accepted: 0, acceptedSince: "6.18", disconnectedSince: "6.18"),
    OptionRow(
      name: "TCP_USER_TIMEOUT", level: .tcp, number: 18, since: "4.19",
      unset: "get: 0",
      range: "set -1: EINVAL, set 0: 0, set 1: 1, set 2147483647: 2147483647", sample: 5000),
    OptionRow(
      name: "TCP_RTO_MAX_MS", level: .tcp, number: 44, since: "6.15",
      unset: "sysctl net.ipv4.tcp_rto_max_ms 110000, get: 110000",
      range: "set 999: EINVAL, set 1000: 1000, set 120000: 120000, set 120001: EINVAL",
      sample: 5000),
    OptionRow(
      name: "TCP_RTO_MIN_US", level: .tcp, number: 45, since: "6.15",
      unset: "sysctl net.ipv4.tcp_rto_min_us 100000, get: 100000",
      range: "set 0: EINVAL, set 200000: 200000, set 200001: EINVAL", sample: 40_000,
      disconnected: 200_000),
    OptionRow(
      name: "TCP_DELACK_MAX_US", level: .tcp, number: 46, since: "6.15",
      unset: "get: 200000",
      range: "set 0: EINVAL, set 200000: 200000, set 200001: EINVAL", sample: 40_000,
      disconnected: 200_000),
    OptionRow(
      name: "TCP_THIN_LINEAR_TIMEOUTS", level: .tcp, number: 16, unset: "get: 0",
      range: "set -1: EINVAL, set 0: 0, set 1: 1, set 2: EINVAL", sample: 1,
      disconnectedSince: "6.18"),
  ]

  private static let others: [OptionRow] = [
    OptionRow(
      name: "TCP_NOTSENT_LOWAT", level: .tcp, number: 25, since: "3.12",
      unset: "sysctl net.ipv4.tcp_notsent_lowat 4096, get: 0",
      range: "set -1: -1, set 0: 0, set 1: 1", sample: 1234, disconnectedSince: "6.18"),
    OptionRow(
      name: "TCP_FASTOPEN_CONNECT", level: .tcp, number: 30, since: "4.11",
      unset: "get: 0", range: "set -1: EINVAL, set 0: 0, set 1: 1, set 2: EINVAL", sample: 1,
      acceptedSince: "6.18", disconnectedSince: "6.18"),
    OptionRow(
      name: "TCP_NODELAY", level: .tcp, number: 1, unset: "get: 0",
      range: "set -1: 1, set 0: 0, set 1: 1, set 2: 1", sample: 1, disconnectedSince: "6.18"),
    OptionRow(
      name: "TCP_QUICKACK", level: .tcp, number: 12, unset: "get: 1",
      range: "set -1: 1, set 0: 0, set 1: 1", sample: 0, accepted: 1, acceptedSince: "6.18",
      disconnected: 1, disconnectedSince: "6.18"),
    OptionRow(
      name: "SO_LINGER", level: .socket, number: 13, form: .linger, unset: "get: -1",
      range: "set 0: 0, set 5: 5", sample: 5, disconnectedSince: "6.18"),
    OptionRow(
      name: "SO_RCVTIMEO", level: .socket, number: 20, form: .time, unset: "get: 0",
      range: "set -1: EDOM, set 0: 0, set 2000000: 2000000", sample: 2_000_000,
      disconnectedSince: "6.18"),
    OptionRow(
      name: "SO_SNDTIMEO", level: .socket, number: 21, form: .time, unset: "get: 0",
      range: "set -1: EDOM, set 0: 0, set 2000000: 2000000", sample: 2_000_000,
      acceptedSince: "6.18", disconnectedSince: "6.18"),
    OptionRow(
      name: "SO_REUSEADDR", level: .socket, number: 2, unset: "get: 0",
      range: "set -1: 1, set 0: 0, set 1: 1, set 2: 1", sample: 1, acceptedSince: "6.18",
      disconnectedSince: "6.18"),
    OptionRow(
      name: "IP_RECVERR", level: .ip, number: 11, unset: "get: 0",
      range: "set -1: 1, set 0: 0, set 1: 1, set 2: 1", sample: 1, disconnectedSince: "6.18"),
    OptionRow(
      name: "IP_BIND_ADDRESS_NO_PORT", level: .ip, number: 24, since: "4.2",
      unset: "get: 0", range: "set -1: 1, set 0: 0, set 1: 1, set 2: 1", sample: 1,
      acceptedSince: "6.18", disconnectedSince: "6.18"),
    // The lower bound, and the upper one times 65536.
    OptionRow(
      name: "IP_LOCAL_PORT_RANGE", level: .ip, number: 51, since: "6.3",
      unset: "get: 0",
      range: "set 1966100000: 1966100000, set 30000: 30000, set 1310750000: EINVAL, set 0: 0",
      sample: 1_966_100_000, acceptedSince: "6.18", disconnectedSince: "6.18"),
  ]
}
