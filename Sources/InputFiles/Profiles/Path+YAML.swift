import TCPModel

extension Path {
  /// The kernel waits no longer than this for an answer (TCP_RTO_MAX).
  private static let longestRoundTrip = Duration.seconds(120)

  init(_ node: Node?) throws(ProfileError) {
    self.init()
    guard let node else { return }
    let fields = try FieldReader(node, of: "“path”", known: ProfileFormat.path)
    _ = try fields.reasons()
    if let rtt = fields["rtt"] { roundTrip = try Self.roundTrip(rtt) }
    if let count = fields["addresses"] {
      addresses = try count.integer(in: ProfileFormat.counts, called: "the number of addresses")
    }
    if let count = fields["segments"] {
      segments = try count.integer(
        in: ProfileFormat.counts, called: "the number of segments in flight")
    }
  }

  private static func roundTrip(_ node: Node) throws(ProfileError) -> ClosedRange<Duration> {
    let range = try node.durations()
    guard range.lowerBound > .zero, range.upperBound <= longestRoundTrip else {
      throw ProfileError("a round trip takes more than 0s and at most 2min", at: node.mark)
    }
    return range
  }
}
