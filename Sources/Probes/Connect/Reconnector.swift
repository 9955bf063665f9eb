package import Linux
package import TCPModel

/// Plays a `ReconnectTrial`: both ways by turns, so that a machine whose speed drifts favours none.
package struct Reconnector: ~Copyable {
  private let settings: ConnectSettings
  private let address: SocketAddress
  private var trial: ReconnectTrial

  package init(_ settings: ConnectSettings, to address: SocketAddress) {
    (self.settings, self.address) = (settings, address)
    trial = ReconnectTrial(to: "\(address)")
  }

  package consuming func play(_ rounds: Int) throws(SystemCallError) -> ReconnectTrial {
    let reused = try settings.socket(for: address)
    let before = Self.values(of: reused)
    for _ in 0..<rounds {
      try renew()
      try reuse(reused)
    }
    let after = Self.values(of: reused)
    for (option, value) in before {
      guard let now = after[option] else { continue }
      if now == value {
        trial.kept += 1
      } else {
        trial.changed.append(ReconnectTrial.ChangedOption(option, before: value, after: now))
      }
    }
    trial.changed.sort { $0.option < $1.option }
    return trial
  }

  private mutating func renew() throws(SystemCallError) {
    let begin = Clock.monotonic.now
    let socket = try settings.socket(for: address)
    let beginning = socket.begin(connectingTo: address)
    let begun = Clock.monotonic.now
    let outcome = try outcome(of: socket, beginning)
    let port = try socket.localAddress().port
    let decided = Clock.monotonic.now
    if settings.resets { try socket.dropOnClose() }
    Self.close(socket)
    note(outcome, port, in: \.renewed, begun - begin + Clock.monotonic.now - decided)
    trial.waits.append(decided - begun)
  }

  private mutating func reuse(_ socket: borrowing Descriptor) throws(SystemCallError) {
    let begin = Clock.monotonic.now
    let beginning = socket.begin(connectingTo: address)
    let begun = Clock.monotonic.now
    let outcome = try outcome(of: socket, beginning)
    let port = try socket.localAddress().port
    let decided = Clock.monotonic.now
    _ = socket.answerToDisconnect()
    // Dissolving leaves ECONNRESET behind (`tcp_disconnect`).
    _ = try socket.pendingError()
    note(outcome, port, in: \.reused, begun - begin + Clock.monotonic.now - decided)
  }

  private mutating func note(
    _ outcome: ConnectOutcome, _ port: UInt16,
    in way: WritableKeyPath<ReconnectTrial, ReconnectTrial.Way>, _ cost: Duration
  ) {
    trial[keyPath: way].outcomes.append(outcome)
    trial[keyPath: way].costs.append(cost)
    trial[keyPath: way].ports.insert(port)
  }

  private static func close(_ socket: consuming Descriptor) {}

  private func outcome(of socket: borrowing Descriptor, _ beginning: ConnectBeginning)
    throws(SystemCallError) -> ConnectOutcome
  {
    switch beginning {
    case .underWay: break
    case .ended(nil): return try open(socket)
    case .ended(let code): return ConnectOutcome(ofAttempt: code)
    case .failed(let code): return .localError(call: "connect", errno: code.name)
    }
    let epoll = try Epoll()
    try epoll.add(socket, for: .output, token: 0)
    let end = Clock.monotonic.now + settings.deadline
    var message: Descriptor.ErrorMessage?
    while Clock.monotonic.now < end {
      guard let events = try epoll.wait(for: end - Clock.monotonic.now).first?.events else {
        continue
      }
      if events.contains(.hangUp) {
        // A message read while the attempt ended takes the error with it.
        return ConnectOutcome(ofAttempt: try socket.pendingError() ?? message?.code)
      }
      if events.contains(.output) { return try open(socket) }
      // A soft error: taken away, the attempt goes on.
      while let next = socket.takeErrorMessage() { message = next }
    }
    return .undecided
  }

  private func open(_ socket: borrowing Descriptor) throws(SystemCallError) -> ConnectOutcome {
    guard socket.isConnected(toItselfAt: address) else { return .open(isReset: false) }
    try socket.dropOnClose()
    return .refused
  }

  /// The options of which a program may have set some.
  private static func values(of socket: borrowing Descriptor) -> [SocketOption: Int] {
    var values: [SocketOption: Int] = [:]
    for option in SocketOption.all {
      let level: OptionLevel = option.level == .tcp ? .tcp : .socket
      do throws(SystemCallError) {
        values[option] = Int(try socket.option(level.number, option.number))
      } catch {}
    }
    return values
  }
}
