import Observations
import TCPModel

extension ReconnectTrial {
  /// When dissolving is a good idea with this peer, as far as the trial has shown.
  var advice: [String] {
    // What fails on this host shows nothing.
    if reused.rounds.allSatisfy({ $0.outcome.kind == .localError }) { return [] }
    if reused.open == 0 { return [failedAdvice] }
    let seen = [portAdvice, costAdvice, unreadAdvice, conductAdvice, failureAdvice]
      .compactMap { $0 }
    return reused.resets > 0 ? seen + [(seen.isEmpty ? "A" : "Else a") + generalAdvice] : seen
  }

  private var failedAdvice: String {
    """
    No connection stood, so the peer saw nothing of the dissolving: for attempts that fail nothing \
    speaks against it.
    """
  }

  /// A port of one's own is what a new socket cannot have again at once.
  private var portAdvice: String? {
    guard hasOwnPort, renewed.localErrors.contains(Self.portTaken) else { return nil }
    return """
      A good idea with a local port of one's own: new sockets could not be bound to it again at \
      once.
      """
  }

  private var costAdvice: String? {
    guard let saving, saving.pairs >= PairedDifference.leastPairs,
      !saving.isShown || saving.median < .zero
    else { return nil }
    return "What it costs is no reason for it here."
  }

  private var unreadAdvice: String? {
    var isTalkative = reused.unread + renewed.unread > 0
    if case .sends? = look?.conduct { isTalkative = true }
    guard isTalkative else { return nil }
    let count = reused.unread > 0 ? ", as in \(reused.unread) of \(reused.open) rounds here" : ""
    return """
      Not a good idea before everything is read: this peer speaks first, and dissolving throws away \
      what is unread\(count). Closing does so too, and sends a RST then as well.
      """
  }

  private var conductAdvice: String? {
    switch look?.conduct {
    case .resets?: "Once the peer has reset a connection dissolving tells it nothing more."
    case .closes?:
      """
      This peer closes by itself: whoever waits for that and closes too sends no RST, whoever \
      dissolves does.
      """
    case .silent?, .sends?, nil: nil
    }
  }

  /// A peer, or a box before it, that takes a RST amiss.
  private var failureAdvice: String? {
    let (old, new) = (renewed.failures, reused.failures)
    guard new > old else { return nil }
    return """
      Of connects of the dissolved socket \(new) failed, of new ones \(old): the peer or something \
      before it may take RSTs amiss.
      """
  }

  /// What always holds.
  private var generalAdvice: String {
    """
     good idea when both have said all there is to say, with a peer that takes a RST for an end: its \
    next read fails with ECONNRESET, and whether it counts that as an error does not show from here. \
    Not with data under way, which is dropped.
    """
  }
}
