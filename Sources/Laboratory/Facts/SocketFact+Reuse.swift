import Observations
import TCPModel

extension SocketFact {
  /// The same socket after a failure, whose error is told once (`__inet_stream_connect`), and after
  /// connect with AF_UNSPEC (`tcp_disconnect`).
  static let ofReuse: StaticString = """
    failed.error-read = connect closed: EINPROGRESS, SO_ERROR: ECONNREFUSED, \
    connect closed: ECONNABORTED, connect closed: EINPROGRESS
    failed.error-not-read = connect closed: EINPROGRESS, connect closed: ECONNREFUSED, \
    connect closed: EINPROGRESS
    failed.then-open = connect closed: EINPROGRESS, connect open: ECONNREFUSED, \
    connect open: EINPROGRESS, epoll: 0x4
    disconnect.never-connected = disconnect: 0, epoll: 0x14
    disconnect.established = connect open: EINPROGRESS, accept, disconnect: 0, epoll: 0x1c, \
    SO_ERROR: ECONNRESET, epoll: 0x14, resets: 1, peer epoll: 0x201d, peer recv: ECONNRESET, \
    connect open: EINPROGRESS, epoll: 0x4
    disconnect.under-way = connect silent: EINPROGRESS, disconnect: 0, epoll: 0x1c, \
    SO_ERROR: ECONNRESET, resets: 0, answer, connect silent: EINPROGRESS, epoll: 0x4
    disconnect.after-error = connect closed: EINPROGRESS, disconnect: 0, epoll: 0x1c, \
    SO_ERROR: ECONNREFUSED, connect open: EINPROGRESS, epoll: 0x4
    disconnect.after-error-read = connect closed: EINPROGRESS, SO_ERROR: ECONNREFUSED, \
    disconnect: 0, epoll: 0x14, connect open: EINPROGRESS, epoll: 0x4
    disconnect.port = connect open: EINPROGRESS, port: first, disconnect: 0, port: first, \
    connect open: EINPROGRESS, port: other
    disconnect.port-bound-to-any = bind any, connect open: EINPROGRESS, port: first, \
    disconnect: 0, connect open: EINPROGRESS, port: other
    disconnect.port-bound-to-one = bind given, connect open: EINPROGRESS, port: first, \
    disconnect: 0, connect open: EINPROGRESS, port: first
    disconnect.cost-refused = cost closed: < 1
    disconnect.cost-under-way = cost silent: < 1
    """

  /// A peer without the connection answers the next segment with a RST (`tcp_reset`).
  static let ofRestarts: StaticString = """
    restarted.idle = connect open: EINPROGRESS, accept, peer vanish, epoll: 0x4, recv: EAGAIN
    restarted.send = connect open: EINPROGRESS, accept, peer vanish, send: 1, epoll: 0x201d, \
    send: ECONNRESET, send: EPIPE
    restarted.receive = connect open: EINPROGRESS, accept, peer vanish, send: 1, epoll: 0x201d, \
    recv: ECONNRESET, recv: 0
    restarted.keepalive = option TCP_KEEPIDLE, set 1: 1, option SO_KEEPALIVE, set 1: 1, \
    connect open: EINPROGRESS, accept, peer vanish, wait for the end, epoll: 0x201d, \
    recv: ECONNRESET
    restarted.close-wait = connect open: EINPROGRESS, accept, peer shutdown, epoll: 0x2005, \
    peer vanish, send: 1, epoll: 0x201d, send: EPIPE, send: EPIPE
    restarted.close-wait-error = connect open: EINPROGRESS, accept, peer shutdown, peer vanish, \
    send: 1, SO_ERROR: EPIPE, epoll: 0x2015
    """
}
