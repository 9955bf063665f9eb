/// Every socket option that is explained: those that decide a time, and those taken for such.
///
/// Sources: `do_tcp_setsockopt`, `sk_setsockopt` and `do_ip_setsockopt`, Linux 6.18; ranges, what an
/// unset one reads and what connections inherit were tried on that kernel.
package enum SocketOptionCatalog {
  /// Finds an option by its name, in capitals.
  package static subscript(name: String) -> SocketOptionInfo? { all.first { $0.name == name } }

  package static let all: [SocketOptionInfo] = timing + others

  private static let anyInteger = Int(Int32.min)...Int(Int32.max)

  private static let timing: [SocketOptionInfo] = [
    SocketOptionInfo(.keepalive, range: anyInteger, outside: SocketOptionInfo.truth, example: 1),
    SocketOptionInfo(.keepIdle, unset: .sysctl(.tcpKeepaliveTime), example: 60),
    SocketOptionInfo(.keepInterval, unset: .sysctl(.tcpKeepaliveIntvl), example: 10),
    SocketOptionInfo(.keepCount, unset: .sysctl(.tcpKeepaliveProbes), example: 3),
    SocketOptionInfo(
      .userTimeout, outside: "EINVAL; rounded to jiffies before Linux 4.19", example: 30_000),
    SocketOptionInfo(
      .synCount, unset: .sysctl(.tcpSynRetries),
      outside: "EINVAL, although tcp(7) allows 255",
      remark: "tcp_syn_linear_timeouts come on top of it", example: 3),
    SocketOptionInfo(.rtoMax, unset: .sysctl(.tcpRtoMaxMs), example: 10_000),
    SocketOptionInfo(
      .rtoMin, unset: .sysctl(.tcpRtoMinUs),
      outside: "EINVAL, a jiffy and less as well; rounded up to jiffies, two at least",
      remark: "it cannot raise the minimum above 200 ms, and connect(AF_UNSPEC) takes it back",
      example: 50_000),
    SocketOptionInfo(
      .linger2, unset: .sysctl(.tcpFinTimeout), range: anyInteger,
      outside: "above 120 becomes 120, below 0 a reset at once, 0 the sysctl; before Linux 5.4 more"
        + " than tcp_fin_timeout counts as 0",
      example: 10),
    SocketOptionInfo(
      .deferAccept, isInherited: false, range: anyInteger,
      outside: "0 and below are off; rounded up to 1, 3, 7, 15, 31, 63 s and so on", example: 10),
    SocketOptionInfo(
      .thinLinearTimeouts,
      remark: "the limit stays a time: it retransmits more often, not longer", example: 1),
  ]

  private static let others: [SocketOptionInfo] = [
    SocketOptionInfo(
      "TCP_NOTSENT_LOWAT", .tcp, 25, .bytes, anyInteger, since: KernelVersion(3, 12),
      "unsent data below which the socket counts as writable; 0: what tcp_notsent_lowat says",
      outside: "taken as an unsigned number: -1 is no limit",
      remark: "it decides no timeout: it keeps data in the program that a dead peer never gets"),
    SocketOptionInfo(
      "TCP_FASTOPEN_CONNECT", .tcp, 30, .flag, 0...1, since: KernelVersion(4, 11),
      "connect() returns at once and the SYN leaves with the first data, where a cookie is known",
      outside: "EINVAL; EOPNOTSUPP where tcp_fastopen has bit 0 off",
      remark: "errors of connecting then come from the first send or receive"),
    SocketOptionInfo(
      "TCP_DELACK_MAX_US", .tcp, 46, .microseconds, 1...200_000, unset: .number(200_000),
      since: KernelVersion(6, 15), "longest delay of an acknowledgement",
      outside: "EINVAL, a jiffy and less as well; rounded up to jiffies, two at least",
      remark: "it ends nothing, and connect(AF_UNSPEC) takes it back"),
    SocketOptionInfo(
      "TCP_NODELAY", .tcp, 1, .flag, anyInteger,
      "small segments leave at once instead of waiting for an acknowledgement (Nagle)",
      outside: SocketOptionInfo.truth, remark: "it decides no timeout and notices no dead peer"),
    SocketOptionInfo(
      "TCP_QUICKACK", .tcp, 12, .flag, anyInteger, unset: .number(1), isInherited: false,
      "acknowledgements leave at once", outside: SocketOptionInfo.truth,
      remark: "it does not stick: the kernel goes back to delayed ones by itself"),
    SocketOptionInfo(
      "SO_LINGER", .socket, 13, .seconds, nil, unset: .zeros,
      "on with 0 s: close() resets; on with more: close() waits so long for acknowledgements",
      outside: "a struct of switch and seconds",
      remark: "it bounds close(), not the connection: with a dead peer and 2 s, close() returned"
        + " after 2 s and the orphan lived on for 107 s"),
    SocketOptionInfo(
      "SO_RCVTIMEO", .socket, 20, .seconds, nil, unset: .zeros,
      "how long a receiving call blocks, then EAGAIN",
      outside: "EDOM for microseconds above 999999",
      remark: "the connection lives on: it says that nothing came, not that the peer is gone"),
    SocketOptionInfo(
      "SO_SNDTIMEO", .socket, 21, .seconds, nil, unset: .zeros,
      "how long a sending call blocks, then EAGAIN; connect() too, then EINPROGRESS",
      outside: "EDOM for microseconds above 999999",
      remark: "the attempt to connect goes on, and data stays with the kernel: it bounds the call"),
    SocketOptionInfo(
      "SO_REUSEADDR", .socket, 2, .flag, anyInteger,
      "a listener may bind a port that connections in TIME-WAIT still have",
      outside: SocketOptionInfo.truth,
      remark: "it does not shorten TIME-WAIT, and outgoing connections gain nothing"),
    SocketOptionInfo(
      "IP_RECVERR", .ip, 11, .flag, anyInteger,
      "ICMP errors of an established connection are reported at once",
      outside: SocketOptionInfo.truth,
      remark: "it does not close the connection; while connecting, ICMP ends it with or without"),
    SocketOptionInfo(
      "IP_BIND_ADDRESS_NO_PORT", .ip, 24, .flag, anyInteger, since: KernelVersion(4, 2),
      "bind() to an address takes no port; connect() chooses one that is free to its destination",
      outside: SocketOptionInfo.truth,
      remark: "without it a bound source has its ports once for all"),
    SocketOptionInfo(
      "IP_LOCAL_PORT_RANGE", .ip, 51, .ports, nil, since: KernelVersion(6, 3),
      "first port, plus 65536 times the last, that this socket gets by itself",
      outside: "EINVAL where the first is above the last; a bound outside ip_local_port_range is"
        + " ignored"),
  ]
}
