/// Options that decide no time and stand in tuning guides all the same.
extension SocketOptionInfo {
  static let others: [SocketOptionInfo] = [
    Self(
      "TCP_NOTSENT_LOWAT", .tcp, 25, .bytes, anyInteger, since: KernelVersion(3, 12),
      "unsent data below which the socket counts as writable; 0: what tcp_notsent_lowat says",
      outside: "taken as an unsigned number: -1 is no limit",
      remark: "it decides no timeout: it keeps data in the program that a dead peer never gets"),
    Self(
      "TCP_FASTOPEN_CONNECT", .tcp, 30, .flag, 0...1, since: KernelVersion(4, 11),
      "connect() returns at once and the SYN leaves with the first data, where a cookie is known",
      outside: "EINVAL; EOPNOTSUPP where tcp_fastopen has bit 0 off",
      remark: "errors of connecting then come from the first send or receive"),
    Self(
      "TCP_DELACK_MAX_US", .tcp, 46, .microseconds, 1...200_000, unset: .number(200_000),
      since: KernelVersion(6, 15), "longest delay of an acknowledgement",
      outside: "EINVAL, a jiffy and less as well; rounded up to jiffies, two at least",
      remark: "it ends nothing, and connect(AF_UNSPEC) takes it back"),
    Self(
      "TCP_NODELAY", .tcp, 1, .flag, anyInteger,
      "small segments leave at once instead of waiting for an acknowledgement (Nagle)",
      outside: truth, remark: "it decides no timeout and notices no dead peer"),
    Self(
      "TCP_QUICKACK", .tcp, 12, .flag, anyInteger, unset: .number(1), isInherited: false,
      "acknowledgements leave at once", outside: truth,
      remark: "it does not stick: the kernel goes back to delayed ones by itself"),
    Self(
      "SO_LINGER", .socket, 13, .seconds, nil, unset: .zeros,
      "on with 0 s: close() resets; on with more: close() waits so long for acknowledgements",
      outside: "a struct of switch and seconds",
      remark: "it bounds close(), not the connection: with a dead peer and 2 s, close() returned"
        + " after 2 s and the orphan lived on for 107 s"),
    Self(
      "SO_RCVTIMEO", .socket, 20, .seconds, nil, unset: .zeros,
      "how long a receiving call blocks, then EAGAIN",
      outside: "EDOM for microseconds above 999999",
      remark: "the connection lives on: it says that nothing came, not that the peer is gone"),
    Self(
      "SO_SNDTIMEO", .socket, 21, .seconds, nil, unset: .zeros,
      "how long a sending call blocks, then EAGAIN; connect() too, then EINPROGRESS",
      outside: "EDOM for microseconds above 999999",
      remark: "the attempt to connect goes on, and data stays with the kernel: it bounds the call"),
    Self(
      "SO_REUSEADDR", .socket, 2, .flag, anyInteger,
      "a listener may bind a port that connections in TIME-WAIT still have",
      outside: truth,
      remark: "it does not shorten TIME-WAIT, and outgoing connections gain nothing"),
    Self(
      "IP_RECVERR", .ip, 11, .flag, anyInteger,
      "ICMP errors of an established connection are reported at once",
      outside: truth,
      remark: "it does not close the connection; while connecting, ICMP ends it with or without"),
    Self(
      "IP_BIND_ADDRESS_NO_PORT", .ip, 24, .flag, anyInteger, since: KernelVersion(4, 2),
      "bind() to an address takes no port; connect() chooses one that is free to its destination",
      outside: truth,
      remark: "without it a bound source has its ports once for all"),
    Self(
      "IP_LOCAL_PORT_RANGE", .ip, 51, .ports, nil, since: KernelVersion(6, 3),
      "first port, plus 65536 times the last, that this socket gets by itself",
      outside: "EINVAL where the first is above the last; a bound outside ip_local_port_range is"
        + " ignored"),
  ]
}
