import Observations
import TCPModel

extension ReconnectTrial {
  /// When disconnecting is useful with this peer, as far as the trial has shown.
  var advice: [String] {
    // What fails on this host shows nothing.
    if reused.rounds.allSatisfy({ $0.outcome.kind == .localError }) { return [] }
    if reused.open == 0 { return [failedAdvice] }
    let seen = [portAdvice, costAdvice, unreadAdvice, conductAdvice, failureAdvice]
      .compactMap { $0 }
    return reused.resets > 0
      ? seen + [(seen.isEmpty ? "Useful" : "Otherwise useful") + generalAdvice] : seen
  }

  private var failedAdvice: String {
    """
    No connection was established, so the peer saw no disconnect: for attempts that fail reuse has \
    no drawback.
    """
  }

  /// A new socket cannot be bound to a fixed port again at once.
  private var portAdvice: String? {
    guard hasOwnPort, renewed.localErrors.contains(Self.portTaken) else { return nil }
    return """
      Useful with a fixed local port: new sockets could not be bound to it again at \
      once.
      """
  }

  private var costAdvice: String? {
    guard let saving, saving.pairs >= PairedDifference.leastPairs,
      !saving.isShown || saving.median < .zero
    else { return nil }
    return "The cost is no reason for it here."
  }

  private var unreadAdvice: String? {
    var isTalkative = reused.unread + renewed.unread > 0
    if case .sends? = look?.conduct { isTalkative = true }
    guard isTalkative else { return nil }
    let count = reused.unread > 0 ? ", as in \(reused.unread) of \(reused.open) rounds here" : ""
    return """
      Avoid it before everything is read: this peer sends first, and disconnecting discards \
      what is unread\(count). Closing does so too, and sends a RST then as well.
      """
  }

  private var conductAdvice: String? {
    switch look?.conduct {
    case .resets?: "Once the peer has reset a connection, disconnecting sends it nothing more."
    case .closes?:
      """
      This peer closes by itself: waiting for that and closing sends no RST, disconnecting \
      does.
      """
    case .silent?, .sends?, nil: nil
    }
  }

  /// A peer, or a middlebox, that does not tolerate a RST.
  private var failureAdvice: String? {
    let (old, new) = (renewed.failures, reused.failures)
    guard new > old else { return nil }
    return """
      Failed connects: \(new) of the disconnected socket, \(old) of new sockets. The peer or a \
      middlebox may not tolerate RSTs.
      """
  }

  /// What holds for every peer.
  private var generalAdvice: String {
    """
     when both sides have finished, with a peer that accepts a RST as an end: its \
    next read fails with ECONNRESET, and whether it treats that as an error is not visible from here. \
    Not with data in flight, which is dropped.
    """
  }
}
