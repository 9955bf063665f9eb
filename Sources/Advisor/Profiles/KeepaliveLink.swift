package import TCPModel

/// What a program sets along with the silence before the first keepalive probe, because that is the
/// only number of the three that it takes.
package struct KeepaliveLink: Hashable, Sendable {
  /// What another number is made of.
  package enum Source: Hashable, Sendable {
    case fixed(Int)
    /// The silence divided by this, cut down to whole seconds and at least 1 s.
    case share(divisor: Int)

    func value(idle: Int) -> Int {
      switch self {
      case .fixed(let value): value
      case .share(let divisor): max(1, idle / divisor)
      }
    }
  }

  /// TCP_KEEPINTVL and TCP_KEEPCNT, or one of them.
  package var sources: [SocketOption: Source]

  package init(_ sources: [SocketOption: Source]) { self.sources = sources }

  /// Returns what it sets beside a silence, in seconds.
  package func options(idle: Int) -> [SocketOption: Int] {
    sources.mapValues { $0.value(idle: idle) }
  }
}
