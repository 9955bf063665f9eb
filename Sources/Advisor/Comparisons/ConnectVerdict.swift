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
  /// - Parameter kernel: when the kernel gives up an attempt that nobody answers.
  package static func all(of row: ProbedAddress, under profiles: [Profile], kernel: Span?)
    -> [ConnectVerdict]
  {
    guard let address = row.address, let range = range(of: row.result, kernel) else { return [] }
    return profiles.flatMap(\.groups).compactMap { group in
      guard group.direction == .outbound, group.match.admits(port: row.port),
        let within = group.objectives.first(where: { $0.scenario == .connect })?.within
      else { return nil }
      return ConnectVerdict(
        connections: group.name, address: address, wanted: within.time, range: range)
    }
  }

  /// How long a program hangs; nil where it did not, or nobody knows.
  private static func range(of result: ConnectResult, _ kernel: Span?) -> TimeRange? {
    switch result.outcome {
    case .open, .refused, .localError, .unresolved: nil
    case .unreachable, .timedOut: TimeRange(result.time, result.time)
    case .undecided: kernel?.ends == .always ? kernel?.range : nil
    }
  }
}

extension ConnectionGroup.Match {
  fileprivate func admits(port: Int?) -> Bool { remotePort == nil || remotePort == port }
}

extension ProbedAddress {
  fileprivate var port: Int? {
    guard let address, let colon = address.lastIndex(of: ":") else { return nil }
    return Int(address[address.index(after: colon)...])
  }
}
