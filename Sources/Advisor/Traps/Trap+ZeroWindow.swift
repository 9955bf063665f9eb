import TCPModel

extension Trap {
  static let zeroWindow: [Trap] = [
    Trap(
      "user-timeout-kills-live-readers", "TCP_USER_TIMEOUT", [.zeroWindow],
      "TCP_USER_TIMEOUT does not spare the living: a reader that keeps its window closed for so long"
        + " is cut off although it answers every probe.",
      source: "tcp_probe_timer; measured on Linux 6.18: 2.28 s with 2 s"
    ) { play, _ in play.userTimeout > 0 },
    Trap(
      "closed-windows-last", "tcp_retries2 SO_KEEPALIVE", [.zeroWindow],
      "tcp_retries2 does not bound how long a peer may keep its window closed: one that lives is"
        + " probed for ever, and keepalive is silent meanwhile.",
      source: "tcp_probe_timer; measured on Linux 6.18"
    ) { play, _ in
      var living = play
      living.stall = .peerLives
      return Timeline(of: living).ends == .never
    },
    Trap(
      "late-death-costs-more", "tcp_retries2", [.zeroWindow],
      "The longer a window was closed before its peer dies, the later that is noticed: with five"
        + " retries 13 s if it dies at once, 38 s if ten seconds later.",
      source: "tcp_probe_timer; measured on Linux 6.18"
    ) { play, played in
      guard play.userTimeout == 0, let end = played.nominalEnd,
        let worst = play.end({ $0.stall = .peerDiesAtWorstMoment })
      else { return false }
      return end < worst
    },
  ]
}
