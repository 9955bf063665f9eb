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

  /// What the kernel knows of the path.
  var pathSight: PathSight {
    PathSight(milliseconds: info?.$roundTrip.map { $0 / 1000 }, firstTimeout: firstTimeout)
  }

  /// The retransmission timeout before it was doubled, in microseconds; nil where the kernel does not
  /// tell, or where it has reached its maximum since.
  private var firstTimeout: UInt32? {
    guard let info, let timeout = info.$retransmissionTimeout, timeout > 0 else { return nil }
    // Of a closed window only the wait between probes grows, and TCP_INFO shows the timeout alone.
    guard timer != .zeroWindowProbe, let backoff = info.$backoff, backoff > 0 else {
      return timeout
    }
    // Before there is a connection it counts from the constant.
    if state == .synSent { return nil }
    let first = timeout >> backoff
    let isWhole = first << backoff == timeout
    let isBelowMaximum = .microseconds(timeout) < RetransmissionTimeout.defaultMaximum
    return isWhole && first >= 1000 && isBelowMaximum ? first : nil
  }

  /// What becomes of a peer that has closed its window: it answers as long as fewer probes are
  /// unanswered than were sent.
  func receiverFate(after unanswered: Int) -> ReceiverFate {
    guard unanswered > 1 else { return .survives }
    return .diesAnswering(probe: max((info?.backoff ?? unanswered) - unanswered, 0))
  }
}

/// The path of a live socket, its times in whole milliseconds: what it retransmits after is as
/// coarse.
struct PathSight: Hashable {
  /// The smoothed round trip; nil before the first sample.
  let milliseconds: UInt32?
  /// In microseconds; nil where it is not known.
  let firstTimeout: UInt32?

  var path: Path {
    var path = Path()
    if let milliseconds {
      let least = Duration.milliseconds(milliseconds)
      path.roundTrip = max(least, .microseconds(1))...(least + .milliseconds(1))
    }
    path.retransmissionTimeout = firstTimeout.map { .microseconds($0) }
    return path
  }
}
