import TCPModel

/// The same socket after a failure, after connect with AF_UNSPEC, and after its peer restarted.
extension SocketFact {
  /// The error is told once, whoever asks (`__inet_stream_connect`).
  static let ofFailures: [SocketFact] = [
    SocketFact(
      "failed.error-read",
      "connect closed: EINPROGRESS, SO_ERROR: ECONNREFUSED, connect closed: ECONNABORTED,"
        + " connect closed: EINPROGRESS"),
    SocketFact(
      "failed.error-not-read",
      "connect closed: EINPROGRESS, connect closed: ECONNREFUSED, connect closed: EINPROGRESS"),
    SocketFact(
      "failed.then-open",
      "connect closed: EINPROGRESS, connect open: ECONNREFUSED, connect open: EINPROGRESS,"
        + " epoll: 0x4"),
  ]

  /// What connect with AF_UNSPEC does (`tcp_disconnect`).
  static let ofDisconnect: [SocketFact] = [
    SocketFact("disconnect.never-connected", "disconnect: 0, epoll: 0x14"),
    SocketFact(
      "disconnect.established",
      "connect open: EINPROGRESS, accept, disconnect: 0, epoll: 0x1c, SO_ERROR: ECONNRESET,"
        + " epoll: 0x14, resets: 1, peer epoll: 0x201d, peer recv: ECONNRESET,"
        + " connect open: EINPROGRESS, epoll: 0x4"),
    SocketFact(
      "disconnect.under-way",
      "connect silent: EINPROGRESS, disconnect: 0, epoll: 0x1c, SO_ERROR: ECONNRESET, resets: 0,"
        + " answer, connect silent: EINPROGRESS, epoll: 0x4"),
    SocketFact(
      "disconnect.after-error",
      "connect closed: EINPROGRESS, disconnect: 0, epoll: 0x1c, SO_ERROR: ECONNREFUSED,"
        + " connect open: EINPROGRESS, epoll: 0x4"),
    SocketFact(
      "disconnect.after-error-read",
      "connect closed: EINPROGRESS, SO_ERROR: ECONNREFUSED, disconnect: 0, epoll: 0x14,"
        + " connect open: EINPROGRESS, epoll: 0x4"),
    SocketFact(
      "disconnect.port",
      "connect open: EINPROGRESS, port: first, disconnect: 0, port: first,"
        + " connect open: EINPROGRESS, port: other"),
    SocketFact(
      "disconnect.port-bound-to-any",
      "bind any, connect open: EINPROGRESS, port: first, disconnect: 0,"
        + " connect open: EINPROGRESS, port: other"),
    SocketFact(
      "disconnect.port-bound-to-one",
      "bind given, connect open: EINPROGRESS, port: first, disconnect: 0,"
        + " connect open: EINPROGRESS, port: first"),
    SocketFact("disconnect.cost-refused", "cost closed: < 1"),
    SocketFact("disconnect.cost-under-way", "cost silent: < 1"),
  ]

  /// A peer without the connection answers the next segment with a RST (`tcp_reset`).
  static let ofRestarts: [SocketFact] = [
    SocketFact(
      "restarted.idle",
      "connect open: EINPROGRESS, accept, peer vanish, epoll: 0x4, recv: EAGAIN"),
    SocketFact(
      "restarted.send",
      "connect open: EINPROGRESS, accept, peer vanish, send: 1, epoll: 0x201d, send: ECONNRESET,"
        + " send: EPIPE"),
    SocketFact(
      "restarted.receive",
      "connect open: EINPROGRESS, accept, peer vanish, send: 1, epoll: 0x201d, recv: ECONNRESET,"
        + " recv: 0"),
    SocketFact(
      "restarted.keepalive",
      "option TCP_KEEPIDLE, set 1: 1, option SO_KEEPALIVE, set 1: 1, connect open: EINPROGRESS,"
        + " accept, peer vanish, wait for the end, epoll: 0x201d, recv: ECONNRESET"),
    SocketFact(
      "restarted.close-wait",
      "connect open: EINPROGRESS, accept, peer shutdown, epoll: 0x2005, peer vanish, send: 1,"
        + " epoll: 0x201d, send: EPIPE, send: EPIPE"),
    SocketFact(
      "restarted.close-wait-error",
      "connect open: EINPROGRESS, accept, peer shutdown, peer vanish, send: 1, SO_ERROR: EPIPE,"
        + " epoll: 0x2015"),
  ]
}
