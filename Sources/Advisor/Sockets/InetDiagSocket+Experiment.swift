import NetAddress
import Observations
import TCPModel

extension InetDiagSocket {
  /// Whether the kernel keeps it awake, as its timer tells; nil where another timer stands before.
  ///
  /// The timer of an established connection runs as long as SO_KEEPALIVE is set (`tcp_set_keepalive`,
  /// `tcp_keepalive_timer`), and is shown where no other does (`inet_sk_diag_fill`).
  var keepsAlive: Bool? {
    switch (state, timer) {
    case (.established, .keepalive), (.closeWait, .keepalive): true
    case (.established, nil), (.closeWait, nil): false
    default: nil
    }
  }

  /// Whether the other end is this host too.
  var isLocal: Bool {
    remote.address == local.address || remote.address.unmapped.isLoopback
  }

  /// How long the peer has sent nothing.
  var silence: Duration? {
    guard let info else { return nil }
    return [info.sinceLastReceived, info.sinceLastAcknowledged].compactMap { $0 }.min()
  }

  /// The path as the kernel knows it, its times in whole milliseconds: what it retransmits after is
  /// as coarse.
  var path: Path {
    var path = Path()
    if let roundTrip = info?.roundTrip {
      let least = Duration.milliseconds(Int(roundTrip / .milliseconds(1)))
      path.roundTrip = max(least, .microseconds(1))...(least + .milliseconds(1))
    }
    path.retransmissionTimeout = firstTimeout
    return path
  }

  /// The retransmission timeout before it was doubled; nil where the kernel does not tell, or where
  /// it has reached its maximum since.
  private var firstTimeout: Duration? {
    guard let info, let timeout = info.retransmissionTimeout, timeout > .zero else { return nil }
    // Of a closed window only the wait between probes grows, and TCP_INFO shows the timeout alone.
    guard timer != .zeroWindowProbe, let backoff = info.backoff, backoff > 0 else { return timeout }
    // Before there is a connection it counts from the constant.
    if state == .synSent { return nil }
    let first = timeout / (1 << min(backoff, 30))
    let isWhole = first * (1 << min(backoff, 30)) == timeout
    return isWhole && first >= .milliseconds(1) && timeout < RetransmissionTimeout.defaultMaximum
      ? first : nil
  }

  /// What becomes of a peer that has closed its window: it answers as long as fewer probes are
  /// unanswered than were sent.
  func receiverFate(after unanswered: Int) -> ReceiverFate {
    guard unanswered > 1 else { return .survives }
    return .diesAnswering(probe: max((info?.backoff ?? unanswered) - unanswered, 0))
  }
}
