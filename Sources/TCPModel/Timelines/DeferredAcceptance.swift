extension Timeline {
  /// What TCP_DEFER_ACCEPT makes of a live client that sends nothing: it is accepted late.
  package struct DeferredAcceptance: Hashable, Sendable {
    /// The timeouts that its seconds are rounded up to (`secs_to_retrans`).
    package let timeouts: Int
    /// When the answer to the SYN-ACK of the last of them comes.
    package let range: TimeRange

    package init(timeouts: Int, range: TimeRange) {
      (self.timeouts, self.range) = (timeouts, range)
    }
  }
}
