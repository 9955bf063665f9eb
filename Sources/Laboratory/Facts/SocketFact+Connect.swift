import Observations
import TCPModel

extension SocketFact {
  /// What connect says, and what epoll says then (`__inet_stream_connect`, `tcp_poll`).
  static let ofConnect: StaticString = """
    connect.never = epoll: 0x14
    connect.under-way = connect silent: EINPROGRESS, epoll: 0x0, SO_ERROR: 0, \
    connect silent: EALREADY
    connect.established = connect open: EINPROGRESS, epoll: 0x4, SO_ERROR: 0, connect open: 0, \
    connect open: EISCONN
    connect.server-sent = connect open: EINPROGRESS, accept, peer send: 1, epoll: 0x5, recv: 1, \
    epoll: 0x4
    connect.server-closed = connect open: EINPROGRESS, accept, peer shutdown, epoll: 0x2005, \
    recv: 0, send: 1
    connect.server-reset = connect open: EINPROGRESS, accept, peer reset, epoll: 0x201d, \
    SO_ERROR: ECONNRESET, epoll: 0x2015, recv: 0, send: EPIPE
    connect.server-gone = option TCP_USER_TIMEOUT, set 200: 200, connect open: EINPROGRESS, \
    accept, peer silent, send: 1, wait for the end, epoll: 0x201d, SO_ERROR: ETIMEDOUT, \
    epoll: 0x2015, recv: 0, send: EPIPE
    connect.refused = connect closed: EINPROGRESS, epoll: 0x201d, SO_ERROR: ECONNREFUSED, \
    epoll: 0x2015
    connect.timed-out = option TCP_SYNCNT, set 1: 1, connect silent: EINPROGRESS, wait, \
    epoll: 0x201d, SO_ERROR: ETIMEDOUT, epoll: 0x2015
    connect.timed-out-by-user-timeout 5.4 = option TCP_USER_TIMEOUT, set 1000: 1000, \
    connect silent: EINPROGRESS, wait, epoll: 0x201d, SO_ERROR: ETIMEDOUT, epoll: 0x2015
    connect.no-port-left = sysctl net.ipv4.ip_local_port_range 45000 45001, \
    connect open: EINPROGRESS, new, connect open: EADDRNOTAVAIL, epoll: 0x14
    connect.send-timeout = option SO_SNDTIMEO, set 20000: 20000, \
    blocking connect silent: EINPROGRESS, blocking connect silent: EALREADY
    connect.interrupted = interrupted connect silent: EINTR, connect silent: EALREADY, answer, \
    wait, epoll: 0x4, connect silent: 0, connect silent: EISCONN
    connect.interrupted-and-refused = interrupted connect silent: EINTR, \
    connect silent: EALREADY, refuse, wait, epoll: 0x201d, connect silent: ECONNREFUSED, \
    connect silent: EINPROGRESS
    connect.fast-open-too-late 4.11 = option TCP_FASTOPEN_CONNECT, connect open: EINPROGRESS, \
    epoll: 0x4, set 1: EINVAL
    connect.fast-open-disabled 4.15 = sysctl net.ipv4.tcp_fastopen 0, \
    option TCP_FASTOPEN_CONNECT, set 1: EOPNOTSUPP
    """

  /// Verdicts of routes, which connect itself gives (`fib_props`), and errors that an ICMP message
  /// about a SYN ends the attempt with at once (`icmp_err_convert`); only a packet too big is none.
  static let ofRoutes: StaticString = """
    route.none = connect no-route: ENETUNREACH, epoll: 0x14, SO_ERROR: 0
    route.unreachable = connect unreachable: EHOSTUNREACH, epoll: 0x14, SO_ERROR: 0, \
    connect open: EINPROGRESS
    route.prohibit = connect prohibit: EACCES, epoll: 0x14, SO_ERROR: 0
    route.blackhole = connect blackhole: EINVAL, epoll: 0x14, SO_ERROR: 0
    route.throw = connect throw: ENETUNREACH, epoll: 0x14, SO_ERROR: 0
    icmp.net = connect silent: EINPROGRESS, icmp 3 0, epoll: 0x201d, SO_ERROR: ENETUNREACH
    icmp.host = connect silent: EINPROGRESS, icmp 3 1, epoll: 0x201d, SO_ERROR: EHOSTUNREACH
    icmp.protocol = connect silent: EINPROGRESS, icmp 3 2, epoll: 0x201d, SO_ERROR: ENOPROTOOPT
    icmp.port = connect silent: EINPROGRESS, icmp 3 3, epoll: 0x201d, SO_ERROR: ECONNREFUSED
    icmp.too-big = connect silent: EINPROGRESS, icmp 3 4, epoll: 0x0, SO_ERROR: 0
    icmp.source-route = connect silent: EINPROGRESS, icmp 3 5, epoll: 0x201d, SO_ERROR: EOPNOTSUPP
    icmp.net-unknown = connect silent: EINPROGRESS, icmp 3 6, epoll: 0x201d, SO_ERROR: ENETUNREACH
    icmp.host-unknown = connect silent: EINPROGRESS, icmp 3 7, epoll: 0x201d, SO_ERROR: EHOSTDOWN
    icmp.isolated = connect silent: EINPROGRESS, icmp 3 8, epoll: 0x201d, SO_ERROR: ENONET
    icmp.net-prohibited = connect silent: EINPROGRESS, icmp 3 9, epoll: 0x201d, \
    SO_ERROR: ENETUNREACH
    icmp.host-prohibited = connect silent: EINPROGRESS, icmp 3 10, epoll: 0x201d, \
    SO_ERROR: EHOSTUNREACH
    icmp.net-for-service = connect silent: EINPROGRESS, icmp 3 11, epoll: 0x201d, \
    SO_ERROR: ENETUNREACH
    icmp.host-for-service = connect silent: EINPROGRESS, icmp 3 12, epoll: 0x201d, \
    SO_ERROR: EHOSTUNREACH
    icmp.filtered = connect silent: EINPROGRESS, icmp 3 13, epoll: 0x201d, SO_ERROR: EHOSTUNREACH
    icmp.time-exceeded = connect silent: EINPROGRESS, icmp 11 0, epoll: 0x201d, \
    SO_ERROR: EHOSTUNREACH
    icmp.parameter = connect silent: EINPROGRESS, icmp 12 0, epoll: 0x201d, SO_ERROR: EPROTO
    """
}
