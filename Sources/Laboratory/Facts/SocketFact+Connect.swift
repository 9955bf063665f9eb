import TCPModel

/// What connect says, and what epoll says then (`__inet_stream_connect`, `tcp_poll`).
extension SocketFact {
  static let ofConnect: [SocketFact] = [
    SocketFact("connect.never", "epoll: 0x14"),
    SocketFact(
      "connect.under-way",
      "connect silent: EINPROGRESS, epoll: 0x0, SO_ERROR: 0, connect silent: EALREADY"),
    SocketFact(
      "connect.established",
      "connect open: EINPROGRESS, epoll: 0x4, SO_ERROR: 0, connect open: 0, connect open: EISCONN"),
    SocketFact(
      "connect.server-sent",
      "connect open: EINPROGRESS, accept, peer send: 1, epoll: 0x5, recv: 1, epoll: 0x4"),
    SocketFact(
      "connect.server-closed",
      "connect open: EINPROGRESS, accept, peer shutdown, epoll: 0x2005, recv: 0, send: 1"),
    SocketFact(
      "connect.server-reset",
      "connect open: EINPROGRESS, accept, peer reset, epoll: 0x201d, SO_ERROR: ECONNRESET,"
        + " epoll: 0x2015, recv: 0, send: EPIPE"),
    SocketFact(
      "connect.server-gone",
      "option TCP_USER_TIMEOUT, set 200: 200, connect open: EINPROGRESS, accept, peer silent,"
        + " send: 1, wait for the end, epoll: 0x201d, SO_ERROR: ETIMEDOUT, epoll: 0x2015, recv: 0,"
        + " send: EPIPE"),
    SocketFact(
      "connect.refused",
      "connect closed: EINPROGRESS, epoll: 0x201d, SO_ERROR: ECONNREFUSED, epoll: 0x2015"),
    SocketFact(
      "connect.timed-out",
      "option TCP_SYNCNT, set 1: 1, connect silent: EINPROGRESS, wait, epoll: 0x201d,"
        + " SO_ERROR: ETIMEDOUT, epoll: 0x2015"),
    // The listener has one of the two ports.
    SocketFact(
      "connect.no-port-left",
      "sysctl net.ipv4.ip_local_port_range 45000 45001, connect open: EINPROGRESS, new,"
        + " connect open: EADDRNOTAVAIL, epoll: 0x14"),
    SocketFact(
      "connect.send-timeout",
      "option SO_SNDTIMEO, set 20000: 20000, blocking connect silent: EINPROGRESS,"
        + " blocking connect silent: EALREADY"),
    SocketFact(
      "connect.interrupted",
      "interrupted connect silent: EINTR, connect silent: EALREADY, answer, wait, epoll: 0x4,"
        + " connect silent: 0, connect silent: EISCONN"),
    SocketFact(
      "connect.interrupted-and-refused",
      "interrupted connect silent: EINTR, connect silent: EALREADY, refuse, wait, epoll: 0x201d,"
        + " connect silent: ECONNREFUSED, connect silent: EINPROGRESS"),
  ]

  /// A user timeout of up to a second ends a connect instead of the first retransmission.
  static func ofUserTimeout(under rules: KernelRules?) -> SocketFact {
    SocketFact(
      "connect.timed-out-by-user-timeout",
      "option TCP_USER_TIMEOUT, set 1000: 1000, connect silent: EINPROGRESS, wait, epoll: 0x201d,"
        + " SO_ERROR: ETIMEDOUT, epoll: 0x2015",
      doubt: rules?.has(.userTimeoutOfConnect) == true
        ? nil : doubt(KernelVersion(5, 4), rules) ?? "it is not known which kernel this is")
  }

  /// Verdicts of routes, which connect itself gives (`fib_props`).
  static let ofRoutes: [SocketFact] = [
    SocketFact("route.none", "connect no-route: ENETUNREACH, epoll: 0x14, SO_ERROR: 0"),
    SocketFact(
      "route.unreachable",
      "connect unreachable: EHOSTUNREACH, epoll: 0x14, SO_ERROR: 0, connect open: EINPROGRESS"),
    SocketFact("route.prohibit", "connect prohibit: EACCES, epoll: 0x14, SO_ERROR: 0"),
    SocketFact("route.blackhole", "connect blackhole: EINVAL, epoll: 0x14, SO_ERROR: 0"),
    SocketFact("route.throw", "connect throw: ENETUNREACH, epoll: 0x14, SO_ERROR: 0"),
  ]

  /// Errors that an ICMP message about a SYN ends the attempt with, at once (`icmp_err_convert`).
  static let ofMessages: [SocketFact] =
    [
      ("net", "3 0", "ENETUNREACH"), ("host", "3 1", "EHOSTUNREACH"),
      ("protocol", "3 2", "ENOPROTOOPT"), ("port", "3 3", "ECONNREFUSED"),
      ("source-route", "3 5", "EOPNOTSUPP"), ("net-unknown", "3 6", "ENETUNREACH"),
      ("host-unknown", "3 7", "EHOSTDOWN"), ("isolated", "3 8", "ENONET"),
      ("net-prohibited", "3 9", "ENETUNREACH"), ("host-prohibited", "3 10", "EHOSTUNREACH"),
      ("net-for-service", "3 11", "ENETUNREACH"), ("host-for-service", "3 12", "EHOSTUNREACH"),
      ("filtered", "3 13", "EHOSTUNREACH"), ("time-exceeded", "11 0", "EHOSTUNREACH"),
      ("parameter", "12 0", "EPROTO"),
    ].map { name, message, errno in
      SocketFact(
        "icmp.\(name)",
        "connect silent: EINPROGRESS, icmp \(message), epoll: 0x201d, SO_ERROR: \(errno)")
    } + [
      SocketFact(
        "icmp.too-big", "connect silent: EINPROGRESS, icmp 3 4, epoll: 0x0, SO_ERROR: 0")
    ]
}
