package import TCPModel

/// How long a real attempt to connect hung, or would have, held against what a profile asks.
package struct ConnectVerdict: Sendable {
  /// Of the profile.
  package let connections: String
  package let address: String
  package let wanted: Duration
  /// What was measured; where we did not wait so long, what the kernel would have given.
  package let range: TimeRange

  package var isMissed: Bool { range.latest > wanted }

  /// The verdicts on an address; none where an answer came, or none is asked for.
  package static func all(of row: ProbedAddress, under profiles: [Profile]) -> [ConnectVerdict] {
    guard let address = row.address, let range = range(of: row) else { return [] }
    return profiles.flatMap(\.groups).compactMap { group in
      guard group.direction == .outbound, group.match.admits(port: row.port.map { Int($0) }),
        let within = group.objectives.first(where: { $0.scenario == .connect })?.within
      else { return nil }
      return ConnectVerdict(
        connections: group.name, address: address, wanted: within.time, range: range)
    }
  }

  /// How long a program hangs; nil where it did not, or nobody knows.
  private static func range(of row: ProbedAddress) -> TimeRange? {
    switch row.result.outcome {
    case .open, .refused, .localError, .unresolved: nil
    case .unreachable, .timedOut: TimeRange(row.result.time, row.result.time)
    case .undecided: row.prediction?.ends == .always ? row.prediction?.range : nil
    }
  }
}

extension ConnectionGroup.Match {
  fileprivate func admits(port: Int?) -> Bool { remotePort == nil || remotePort == port }
}
