/// The scenario `neighbour`: ARP requests, or neighbour solicitations, to an address on the local
/// link where nobody lives.
///
/// Corresponds to `__neigh_event_send` and `neigh_timer_handler` in net/core/neighbour.c. Beside
/// them runs the timer of the SYN, which waits in the neighbour's queue: whichever ends first
/// decides. An entry that is known but stale asks the old address first; that is not played.
struct NeighbourProbe: Play {
  /// app_solicit and mcast_solicit.
  let probes: Int
  /// Jiffies between probes.
  let interval: Int
  let syn: SYNRetransmission
  /// Whether the failure makes TCP look at its limits once more (`tcp_ld_RTO_revert`): IPv4 alone.
  let revertsBackoff: Bool

  /// Jiffies after which the SYN's own timer has ended it for certain.
  private var latestEnd: Int {
    (syn.retries + syn.linearTimeouts + 1) * (syn.maximum + TimerWheel.widest(of: syn.maximum))
  }
  /// With no probe at all the SYN is thrown away, and nobody says so.
  private var hasTimer: Bool { probes > 0 && interval <= latestEnd }

  var firstTimer: (delay: Int, wait: Int) {
    (0, hasTimer ? min(interval, syn.firstTimer.wait) : syn.firstTimer.wait)
  }
  var longestWait: Int { hasTimer ? max(interval, syn.longestWait) : syn.longestWait }
  var remembersStart: Bool { true }
  var opening: Timeline.EventKind? { probes > 0 ? .neighbourProbe : nil }

  func run(from start: Int, on wheel: TimerWheel, into track: inout Track) {
    track.reset()
    var attempt = syn.attempt(from: start, on: wheel)
    var due = hasTimer ? wheel.fire(after: interval, at: start) : .max
    var sent = 1
    // In one bucket, the timer that was armed last fires first (`expire_timers`).
    var isSYNArmedLast = true
    while true {
      if isSYNFirst(attempt, or: due, isSYNArmedLast, on: wheel) {
        if syn.isOver(attempt, at: attempt.due) {
          return track.giveUp(at: attempt.due, roundTrip: syn.roundTrip, errno: "ETIMEDOUT")
        }
        syn.retransmit(&attempt, on: wheel)
        isSYNArmedLast = true
      } else {
        if sent >= probes {
          return track.giveUp(
            at: due, roundTrip: syn.roundTrip, errno: errno(of: attempt, failingAt: due))
        }
        let next = wheel.fire(after: interval, at: due)
        if track.isFull {
          let skipped = min(max(1, (attempt.due - due) / (next - due)), probes - sent)
          due += skipped * (next - due)
          sent += skipped
        } else {
          track.add(.neighbourProbe, at: due)
          due = next
          sent += 1
        }
        isSYNArmedLast = false
      }
    }
  }

  private func isSYNFirst(
    _ attempt: SYNRetransmission.Attempt, or due: Int, _ isSYNArmedLast: Bool, on wheel: TimerWheel
  ) -> Bool {
    if attempt.due != due { return attempt.due < due }
    let (mine, others) = (wheel.granule(of: attempt.wait), wheel.granule(of: interval))
    return mine == others ? isSYNArmedLast : mine > others
  }

  /// The failure is reported as host unreachable. For a SYN whose timeout was doubled, that first
  /// takes one doubling back; the timeout is then long over, and the limits are looked at.
  private func errno(of attempt: SYNRetransmission.Attempt, failingAt now: Int) -> String {
    let looksAtLimits = revertsBackoff && attempt.backoff > 0
    return looksAtLimits && syn.isOver(attempt, at: now) ? "ETIMEDOUT" : "EHOSTUNREACH"
  }
}

extension NeighbourProbe {
  init(of connect: Case, under rules: KernelRules, at tick: TickRate) throws(Unknown) {
    func value(_ name: String) throws(Unknown) -> Int {
      try connect.value(.neighbour(name, connect.family))
    }
    probes = try value("app_solicit") + value("mcast_solicit")
    let interval = tick.jiffies(.milliseconds(try value("retrans_time_ms")))
    let isFrequent = interval < tick.hertz / 2
    let mayBe = try isFrequent ? rules.knows(.frequentNeighbourProbes) : false
    self.interval = max(interval, isFrequent ? tick.hertz / (mayBe ? 100 : 2) : 0)
    syn = try SYNRetransmission(of: connect, under: rules, at: tick)
    revertsBackoff = connect.family == .v4
  }

  static func timeline(of connect: Case, under rules: KernelRules) throws(Unknown) -> Timeline {
    try rules.needTimerPerConnection()
    return try Timeline(.neighbour, under: rules, errno: nil) { tick throws(Unknown) in
      [try NeighbourProbe(of: connect, under: rules, at: tick)]
    }
  }
}
