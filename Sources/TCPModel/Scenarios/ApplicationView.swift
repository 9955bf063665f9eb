extension Scenario {
  /// What a program sees of the end, beside the errno that the timeline tells.
  package struct ApplicationView: Sendable {
    /// What epoll reports; nil where no program holds the socket any more.
    package let events: EventMask?
    /// In a sentence or two.
    package let text: String
  }

  /// Source: `tcp_write_err`, `inet_csk_destroy_sock` and `tcp_poll`; measured on Linux 6.1 to 6.18.
  package var applicationView: ApplicationView {
    switch self {
    case .connect, .neighbour:
      ApplicationView(
        events: .failure,
        text: """
          A blocking connect() returns the errno; after a non-blocking one SO_ERROR tells it, once. \
          Until then no event comes. After SO_ERROR was read, connecting once more on the same socket \
          gives ECONNABORTED the first time.
          """)
    case .idle:
      ApplicationView(
        events: .failure,
        text: """
          The next read or write fails with the errno, unless SO_ERROR told it; after that reads give \
          end of file, and writes EPIPE with SIGPIPE. A reset is sent to the peer.
          """)
    case .send, .zeroWindow:
      ApplicationView(
        events: .failure,
        text: """
          Writes succeed until the send buffer is full. At the end the next read or write fails with \
          the errno; after that reads give end of file, and writes EPIPE with SIGPIPE. Nothing is sent \
          to the peer. If a router or a failing neighbour said “unreachable” meanwhile, the errno is \
          EHOSTUNREACH or ENETUNREACH.
          """)
    case .accept:
      ApplicationView(
        events: nil,
        text: """
          The server sees nothing. The client may hold an established connection, and write into it; \
          what it sends after the end is answered by a reset.
          """)
    case .close:
      ApplicationView(
        events: nil,
        text: """
          Nothing: close() has returned long ago, and nobody is told that the data was lost. Only \
          SO_LINGER makes close() wait, as long as it says.
          """)
    case .finWait:
      ApplicationView(
        events: nil,
        text: """
          Nothing, the program has closed. A FIN that comes later is answered by a reset. Where the \
          program only shut down its sending side, no timer runs: it waits for ever.
          """)
    case .timeWait:
      ApplicationView(
        events: nil,
        text: """
          Until then bind() to the port without SO_REUSEADDR fails with EADDRINUSE, and connect() to \
          the same peer from the same port with EADDRNOTAVAIL, unless tcp_tw_reuse allows it.
          """)
    }
  }
}
