/// An attempt to connect that is over: what became of it, when, and what was learnt on the way.
package struct ConnectResult: Hashable, Sendable {
  package var outcome: ConnectOutcome
  /// From the call of connect to its end; of what could not be tried, zero.
  package var time: Duration
  /// The round trip of the handshake (tcpi_rtt); nil if there was none, or no sample.
  package var roundTrip: Duration?
  /// How many SYNs were retransmitted; nil if the kernel was not asked.
  package var retransmissions: Int?
  /// The last ICMP message about it, whether or not that ended it.
  package var report: ICMPReport?
  /// The next hop of an attempt that hung; nil if it is unknown, or the destination is this host.
  package var nextHop: NextHop?

  /// Whether connect itself said so, before a packet could have left this host.
  package var isAtOnce = false
  /// Whether a signal ended it before the deadline.
  package var isInterrupted = false
  /// How much earlier it may have ended, because this process was kept from looking; nil if that is
  /// little.
  package var lateness: Duration?

  package init(
    _ outcome: ConnectOutcome, after time: Duration, roundTrip: Duration? = nil,
    retransmissions: Int? = nil, report: ICMPReport? = nil
  ) {
    (self.outcome, self.time, self.roundTrip) = (outcome, time, roundTrip)
    (self.retransmissions, self.report) = (retransmissions, report)
  }

  /// Whether it ended because nobody answers at the next hop, as this host's own message says.
  package var isDeadNeighbour: Bool {
    outcome.kind == .unreachable && report?.isOwn == true && report?.isUnreachableHost == true
  }
}
