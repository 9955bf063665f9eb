import Linux
import NetAddress
import Observations
import TCPModel

/// A socket under way to its destination, and to another one when that has ended.
final class ConnectAttempt {
  private(set) var destination: any Destination
  let socket: Descriptor
  /// On the monotonic clock.
  private(set) var start = Duration.zero
  private var message: Descriptor.ErrorMessage?

  init(_ destination: any Destination, _ socket: consuming Descriptor) {
    self.destination = destination
    self.socket = socket
  }

  /// Sends the SYN.
  func begin() -> ConnectStart {
    start = KernelClock.monotonic.now
    return socket.connect(to: destination.address)
  }

  /// Begins the next attempt with the socket of one that has ended: a third cheaper than a new one.
  func begin(to next: any Destination) -> ConnectStart {
    (destination, message) = (next, nil)
    return begin()
  }

  /// Returns how it ended; nil if it goes on.
  ///
  /// An ICMP message that comes while `connect` holds the socket is a soft error: it shows as
  /// EPOLLERR alone, and the attempt goes on (`tcp_v4_err`). SO_ERROR must not be read then.
  /// - Parameter unseenSince: when somebody looked for the last time before.
  func result(_ events: EpollEvents, at now: Duration, unseenSince: Duration)
    throws(SystemCallError) -> ConnectResult?
  {
    var result = try result(events, at: now)
    let (late, time) = (now - max(unseenSince, start), now - start)
    if late > .milliseconds(1), late * 10 > time { result?.lateness = late }
    return result
  }

  private func result(_ events: EpollEvents, at now: Duration) throws(SystemCallError)
    -> ConnectResult?
  {
    if events.contains(.hangUp) {
      return try result(of: try socket.pendingError(), after: now - start)
    }
    if events.contains(.error) { readMessages() }
    return events.contains(.output) ? try open(isReset: false, after: now - start) : nil
  }

  /// Returns how it ended when connect itself said so.
  func result(ofConnect code: Errno?) throws(SystemCallError) -> ConnectResult {
    guard let code else {
      return try open(isReset: false, after: KernelClock.monotonic.now - start)
    }
    var result = try result(of: code, after: KernelClock.monotonic.now - start)
    result.isAtOnce = true
    return result
  }

  /// Returns what there is to tell at our own deadline.
  func undecided(at now: Duration) -> ConnectResult {
    readMessages()
    return ConnectResult(
      .undecided, after: now - start, retransmissions: socket.handshake?.retransmissions,
      report: report)
  }

  private func open(isReset: Bool, after time: Duration) throws(SystemCallError) -> ConnectResult {
    if socket.isConnected(toItselfAt: destination.address) {
      // Nobody listens: its own SYN came to the port that it was given (RFC 9293, 3.5).
      try socket.disconnect()
      return ConnectResult(.refused, after: time)
    }
    let handshake = socket.handshake
    return ConnectResult(
      .open(isReset: isReset), after: time, roundTrip: handshake?.roundTrip,
      retransmissions: handshake?.retransmissions, report: report)
  }

  private func result(of code: Errno?, after time: Duration) throws(SystemCallError)
    -> ConnectResult
  {
    // A message read while the attempt ended takes the error with it (`sock_dequeue_err_skb`).
    let code = code ?? message?.code
    let outcome = ConnectOutcome(ofAttempt: code)
    if case .open(let isReset) = outcome { return try open(isReset: isReset, after: time) }
    // Only what is no plain refusal can have come by ICMP, but for a port unreachable.
    readMessages()
    return ConnectResult(
      outcome, after: time,
      // Of refusals there may be many: only of a late one it is worth a call.
      retransmissions: code == .connectionRefused && message == nil
        ? nil : socket.handshake?.retransmissions, report: report)
  }

  private func readMessages() {
    while let next = socket.takeErrorMessage() { message = next }
  }

  private var report: ICMPReport? {
    guard let message, message.origin != .local else { return nil }
    let own = try? socket.localAddress()
    return ICMPReport(
      isV6: message.origin == .icmpV6, type: message.type, code: message.subtype,
      sender: message.sender,
      isOwn: message.sender.map { $0 == own?.address || $0.isLoopback } ?? false)
  }
}

extension ConnectOutcome {
  /// What failed on this host.
  init(_ error: SystemCallError) {
    self = .localError(call: error.call, errno: error.code.name)
  }

  /// What an attempt ended with that had begun.
  init(ofAttempt code: Errno?) {
    switch code {
    // Only what was established can be reset.
    case .connectionReset?, .brokenPipe?: self = .open(isReset: true)
    case .connectionRefused?: self = .refused
    case .timedOut?: self = .timedOut
    case let code?: self = .unreachable(errno: code.name)
    // Ended, and no error says why: nothing of the network's is known.
    case nil: self = .localError(call: "SO_ERROR", errno: "0")
    }
  }
}
