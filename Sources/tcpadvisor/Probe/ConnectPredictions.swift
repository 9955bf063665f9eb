import TCPModel

/// When this host's kernel gives up attempts to connect that hang; each kind of them is played once.
final class ConnectPredictions {
  private struct Kind: Hashable {
    let isV6: Bool
    let options: SocketOptions
  }

  private let host: SettingsSnapshot
  private let options: SocketOptions
  private var known: [Kind: Span] = [:]

  /// - Parameter options: those of all targets.
  init(on host: SettingsSnapshot, _ options: SocketOptions) {
    (self.host, self.options) = (host, options)
  }

  /// - Returns: nil where an attempt did not hang.
  func span(of row: ProbedAddress) -> Span? {
    switch row.result.outcome.kind {
    case .undecided, .timedOut: span(of: Kind(isV6: row.isV6, options: row.options))
    case .open, .refused, .unreachable, .localError, .unresolved: nil
    }
  }

  private func span(of kind: Kind) -> Span {
    if let span = known[kind] { return span }
    let play = Case(
      .connect, in: host, options: options.overridden(by: kind.options),
      family: kind.isV6 ? .v6 : .v4)
    let span = Timeline(of: play).span
    known[kind] = span
    return span
  }
}
