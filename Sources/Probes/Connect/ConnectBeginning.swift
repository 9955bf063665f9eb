import Linux
import NetAddress

/// What the call of connect makes of an attempt.
enum ConnectBeginning: Equatable {
  case underWay
  /// Already; nil is established.
  case ended(Errno?)
  /// This host could not even try.
  case failed(Errno)

  init(_ answer: Errno?) {
    switch answer {
    // What a signal cuts short goes on.
    case .inProgress?, .interrupted?, .alreadyInProgress?: self = .underWay
    case nil, .isConnected?: self = .ended(nil)
    // By routes of this host, or by what came while connect was at work.
    case .connectionRefused?, .hostUnreachable?, .networkUnreachable?, .timedOut?:
      self = .ended(answer)
    case let code?: self = .failed(code)
    }
  }
}

extension Descriptor {
  /// Begins an attempt, on a socket that may have made another one before.
  func begin(connectingTo address: Endpoint) -> ConnectBeginning {
    let answer = startConnecting(to: address)
    // Says once, and of an earlier attempt, that its error was read already (`__inet_stream_connect`).
    guard answer == .connectionAborted else { return ConnectBeginning(answer) }
    return ConnectBeginning(startConnecting(to: address))
  }
}
