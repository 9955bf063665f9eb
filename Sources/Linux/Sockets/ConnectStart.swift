package import NetAddress

/// What `connect` on a socket that does not block says at once.
package enum ConnectStart: Hashable, Sendable {
  case inProgress
  /// The attempt is over already; nil is established.
  case ended(Errno?)
  /// This host could not even try.
  case failed(Errno)

  package init(_ answer: Errno?) {
    switch answer {
    // What a signal cuts short goes on.
    case .inProgress?, .interrupted?, .alreadyInProgress?: self = .inProgress
    case nil, .isConnected?: self = .ended(nil)
    // By routes of this host, or by what came while connect was at work.
    case .connectionRefused?, .hostUnreachable?, .networkUnreachable?, .timedOut?:
      self = .ended(answer)
    case let code?: self = .failed(code)
    }
  }

  /// Nil if the socket is connected or the attempt goes on.
  package var error: Errno? {
    switch self {
    case .inProgress: nil
    case .ended(let code): code
    case .failed(let code): code
    }
  }
}

extension Descriptor {
  /// Begins an attempt, on a socket that may have made another one before.
  package func connect(to address: Endpoint) -> ConnectStart {
    let answer = startConnecting(to: address)
    // Says once, and of an earlier attempt, that its error was read already (`__inet_stream_connect`).
    return ConnectStart(answer == .connectionAborted ? startConnecting(to: address) : answer)
  }
}
