package import Linux
package import NetAddress
package import Observations
import TCPModel

/// Runs a `ReconnectTrial`: both ways by turns, so that a machine whose speed drifts favours none.
///
/// Both take the steps of `ConnectEngine`: a new socket is registered with epoll, the same one stays
/// registered.
package final class Reconnector {
  private final class Peer: Destination {
    let address: Endpoint
    let options = SocketOptions()
    var failures = 0
    var slot: Int?

    init(_ address: Endpoint) { self.address = address }
  }

  private let settings: ConnectSettings
  private let peer: Peer
  private let epoll: Epoll
  private var pace: RateLimiter
  private var trial: ReconnectTrial
  private var renewed: ConnectAttempt?, reused: ConnectAttempt?

  private static let stop: UInt64 = 0, attempt: UInt64 = 1

  /// - Parameters:
  ///   - trial: of which target and how many rounds.
  ///   - number: a descriptor that can be read when it is time to stop.
  package init(
    _ settings: ConnectSettings, to address: Endpoint, _ trial: ReconnectTrial,
    watching number: CInt?
  ) throws(SystemCallError) {
    (self.settings, peer, self.trial) = (settings, Peer(address), trial)
    self.trial.deadline = settings.deadline
    self.trial.hasOwnPort = settings.source.map { $0.port != 0 } ?? false
    pace = RateLimiter(rate: settings.rate)
    epoll = try Epoll()
    if let number { try epoll.add(number: number, for: .input, token: Self.stop) }
  }

  package func run() throws(SystemCallError) -> ReconnectTrial {
    trial.look = try look()
    // A port of one's own goes round: of two sockets only one can have it.
    if trial.hasOwnPort {
      for _ in 0..<trial.rounds { try reuse() }
      reused = nil
      for _ in 0..<trial.rounds { try renew() }
    } else {
      for round in 0..<trial.rounds {
        // Neither always finds what the other has left in the caches.
        if round.isMultiple(of: 2) {
          try renew()
          try reuse()
        } else {
          try reuse()
          try renew()
        }
      }
    }
    return trial
  }

  private func renew() throws(SystemCallError) {
    guard try mayBegin() else { return }
    defer { renewed = nil }
    do throws(SystemCallError) {
      let begin = KernelClock.monotonic.now
      let socket = try socket()
      if settings.resets { try socket.dropOnClose() }
      renewed = ConnectAttempt(peer, socket)
      guard var round = try connectRenewed(since: begin) else { return }
      round.sentReset =
        round.unread > 0 && round.state != .closed
        || settings.resets && round.state?.needsReset == true
      let end = KernelClock.monotonic.now
      // Nobody else holds it: its socket closes.
      renewed = nil
      round.cost += KernelClock.monotonic.now - end
      trial.renewed.rounds.append(round)
    } catch {
      trial.renewed.rounds.append(Self.failure(error))
    }
  }

  /// Apart, so that no reference is left of which the compiler decides how long it lives.
  private func connectRenewed(since begin: Duration) throws(SystemCallError)
    -> ReconnectTrial.Round?
  {
    guard let renewed else { return nil }
    return try connect(renewed, isNew: true, since: begin)
  }

  private func reuse() throws(SystemCallError) {
    guard try mayBegin() else { return }
    do throws(SystemCallError) {
      let attempt = try reusedAttempt()
      guard var round = try connect(attempt, isNew: false, since: KernelClock.monotonic.now) else {
        return
      }
      let end = KernelClock.monotonic.now
      let answer = attempt.socket.tryDisconnect()
      round.cost += KernelClock.monotonic.now - end
      let left = try attempt.socket.cleanUp(after: answer)
      round.sentReset = round.state?.needsReset == true && left == .connectionReset
      trial.reused.rounds.append(round)
    } catch {
      trial.reused.rounds.append(Self.failure(error))
    }
  }

  /// Waits until another attempt may begin.
  /// - Returns: false when it is time to stop.
  private func mayBegin() throws(SystemCallError) -> Bool {
    repeat {
      guard try wait(for: pace.due - KernelClock.monotonic.now) != nil else { return false }
    } while pace.due > KernelClock.monotonic.now
    pace.begin(at: KernelClock.monotonic.now)
    return true
  }

  private func socket() throws(SystemCallError) -> Descriptor {
    try settings.socket(peer.address.family, SocketOptions())
  }

  private func reusedAttempt() throws(SystemCallError) -> ConnectAttempt {
    if let reused { return reused }
    let new = ConnectAttempt(peer, try socket())
    try epoll.add(new.socket, for: [.output, .edgeTriggered], token: Self.attempt)
    reused = new
    return new
  }

  private static func failure(_ error: SystemCallError) -> ReconnectTrial.Round {
    ReconnectTrial.Round(ConnectOutcome(error))
  }

  /// Runs an attempt to its outcome.
  /// - Returns: nil if it is time to stop.
  private func connect(_ attempt: ConnectAttempt, isNew: Bool, since begin: Duration)
    throws(SystemCallError) -> ReconnectTrial.Round?
  {
    let beginning = attempt.begin(to: peer)
    if isNew { try epoll.add(attempt.socket, for: [.output, .edgeTriggered], token: Self.attempt) }
    let begun = KernelClock.monotonic.now
    guard let result = try result(of: attempt, beginning) else { return nil }
    let decided = KernelClock.monotonic.now
    var round = ReconnectTrial.Round(result.outcome)
    (round.cost, round.wait) = (begun - begin, decided - begun)
    let port = try attempt.socket.localAddress().port
    round.port = port == 0 ? nil : port
    if result.outcome.kind == .open {
      round.unread = try attempt.socket.unreadBytes()
      round.state = try attempt.socket.tcpInfo().state
    }
    return round
  }

  /// - Returns: nil if it is time to stop.
  private func result(of attempt: ConnectAttempt, _ start: ConnectStart)
    throws(SystemCallError) -> ConnectResult?
  {
    switch start {
    case .inProgress: break
    case .ended(let code): return try attempt.result(ofConnect: code)
    case .failed(let code):
      throw SystemCallError(call: "connect", subject: "\(peer.address)", code: code)
    }
    let end = attempt.start + settings.deadline
    while true {
      let before = KernelClock.monotonic.now
      guard let ready = try wait(for: end - before) else { return nil }
      let now = KernelClock.monotonic.now
      for event in ready {
        let result = try attempt.result(event.events, at: now, unseenSince: before)
        if let result { return result }
      }
      if now >= end { return attempt.undecided(at: now) }
    }
  }

  /// - Returns: nil if it is time to stop, from then on.
  private func wait(for time: Duration) throws(SystemCallError) -> [Epoll.Ready]? {
    if trial.isInterrupted { return nil }
    let ready = try epoll.wait(for: time)
    trial.isInterrupted = ready.contains { $0.token == Self.stop }
    return trial.isInterrupted ? nil : ready
  }
}

extension Reconnector {
  /// Connects once, looks at what the peer does then, and at what dissolving keeps.
  private func look() throws(SystemCallError) -> PeerSurvey? {
    guard try mayBegin() else { return nil }
    do throws(SystemCallError) {
      let attempt = ConnectAttempt(peer, try socket())
      let beginning = attempt.begin(to: peer)
      try epoll.add(
        attempt.socket, for: [.input, .output, .peerClosed, .edgeTriggered], token: Self.attempt)
      guard let result = try result(of: attempt, beginning) else { return nil }
      var look = PeerSurvey(result.outcome)
      if result.outcome.kind == .open {
        // What a server says at once comes a round trip after the handshake.
        look.watched = min(settings.deadline, max(.milliseconds(200), result.time * 3))
        guard let conduct = try conduct(of: attempt, result.outcome, for: look.watched) else {
          return nil
        }
        look.conduct = conduct
      }
      try look.disconnect(attempt.socket)
      return look
    } catch {
      return PeerSurvey(ConnectOutcome(error))
    }
  }

  /// - Returns: nil if it is time to stop.
  private func conduct(
    of attempt: ConnectAttempt, _ outcome: ConnectOutcome, for time: Duration
  ) throws(SystemCallError) -> PeerSurvey.Conduct? {
    if outcome == .open(isReset: true) { return .resets }
    let end = KernelClock.monotonic.now + time
    while true {
      let unread = try attempt.socket.unreadBytes()
      if unread > 0 { return .sends(bytes: unread) }
      let state = try attempt.socket.tcpInfo().state
      if state == .closed { return .resets }
      if state == .closeWait { return .closes }
      let left = end - KernelClock.monotonic.now
      if left <= .zero { return .silent }
      guard try wait(for: left) != nil else { return nil }
    }
  }
}
