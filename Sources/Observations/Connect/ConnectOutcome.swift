/// What became of an attempt to connect.
package enum ConnectOutcome: Hashable, Sendable {
  /// The handshake was completed; `isReset`: and the peer has reset the connection since.
  case open(isReset: Bool)
  /// ECONNREFUSED, by a RST or an ICMP port unreachable.
  case refused
  /// By a router, a firewall, a neighbour that does not answer, or this host's own routes.
  case unreachable(errno: String)
  /// The kernel gave up.
  case timedOut
  /// The deadline of this tool came before the end by the kernel.
  case undecided
  /// This host could not even try; the call and its errno.
  case localError(call: String, errno: String)
  /// The name has no address.
  case unresolved(because: String)

  /// The outcomes without what goes with them, as outputs and `--expect` spell them.
  package enum Kind: String, CaseIterable, Sendable {
    case open, refused, unreachable, timedOut = "timed-out", undecided
    case localError = "local-error"
    case unresolved

    /// How much worse than others it is for a client that tries several times: silence costs most.
    fileprivate var rank: Int {
      switch self {
      case .localError, .unresolved: 0
      case .open: 1
      case .refused: 2
      case .unreachable: 3
      case .timedOut: 4
      case .undecided: 5
      }
    }
  }

  package var kind: Kind {
    switch self {
    case .open: .open
    case .refused: .refused
    case .unreachable: .unreachable
    case .timedOut: .timedOut
    case .undecided: .undecided
    case .localError: .localError
    case .unresolved: .unresolved
    }
  }

  /// The name of the errno that a program sees; nil if it sees none.
  package var errno: String? {
    switch self {
    case .open(let isReset): isReset ? "ECONNRESET" : nil
    case .refused: "ECONNREFUSED"
    case .unreachable(let errno), .localError(_, let errno): errno
    case .timedOut: "ETIMEDOUT"
    case .undecided, .unresolved: nil
    }
  }

  /// Whether something on the other side answered: only then a time says something about the path.
  package var isAnswer: Bool { kind == .open || kind == .refused }
}

extension ConnectOutcome.Kind {
  /// Whether nobody said anything until the kernel, or we, gave up.
  package var isSilence: Bool { self == .timedOut || self == .undecided }
}

extension Collection<ConnectResult> {
  /// The worst of several rounds, and of equal ones the last; nil if there is none.
  package var worst: ConnectResult? {
    reduce(nil) { worst, next in
      guard let worst else { return next }
      return next.outcome.kind.rank >= worst.outcome.kind.rank ? next : worst
    }
  }
}
