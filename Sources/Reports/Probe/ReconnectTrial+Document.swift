import NetAddress
import Observations
import TCPModel

extension ReconnectTrial {
  /// What each way costs, what disconnecting does, and when that is useful.
  package var document: Document {
    if let objection { return Document(.paragraph("\(target) unresolved: \(objection)")) }
    let ways = [
      ["close and a new socket", renewed.text], ["the same socket, disconnected", reused.text],
    ]
    let sentences = facts + advice + (isInterrupted ? [interruption] : [])
    return Document([
      Document.Section(
        RichText(title),
        [.table(Document.Table(look == nil ? [] : ways))]
          + sentences.map { .paragraph(RichText($0)) })
    ])
  }

  private var title: String {
    var name = target
    if let address = endpoint?.description, address != target { name += ", \(address)" }
    if !others.isEmpty {
      let list = others.map { "\($0.endpoint) \($0.outcome.kind.text)" }
      name += " (\(list.joined(separator: ", ")))"
    }
    return "\(name), \(rounds.counted("connect")) each way"
  }

  private var interruption: String {
    "interrupted after \(renewed.rounds.count) connects with new sockets and "
      + "\(reused.rounds.count) with the same one"
  }

  private var facts: [String] {
    [
      saving?.text(of: self), undecided, resetText, closedFirst, reused.portText, look?.conductText,
      look?.optionText, look?.leftText,
    ].compactMap { $0 }
  }

  private var undecided: String? {
    let counts = [renewed, reused].map { $0.counts[.undecided] ?? 0 }
    guard let deadline, counts.contains(where: { $0 > 0 }) else { return nil }
    return
      "The deadline of \(deadline.text) ended \(counts[0]) connects of new sockets and "
      + "\(counts[1]) of the same one; their times say nothing."
  }

  /// Source: `tcp_disconnect`, `tcp_need_reset`; of unread data `__tcp_close`.
  private var resetText: String? {
    guard reused.open > 0 else { return nil }
    var text = "Disconnecting sent the peer a RST in \(reused.resets) of \(reused.open) rounds"
    if reused.resetByPeer > 0 { text += ", in \(reused.resetByPeer) it had sent one before" }
    if renewed.resets > 0 {
      text += "; closing did in \(renewed.resets) of \(renewed.open)"
      if renewed.unread == renewed.resets { text += ", with data unread" }
    }
    return text + "."
  }

  private var closedFirst: String? {
    guard renewed.closedFirst > 0 else { return nil }
    return """
      Closing sent the first FIN in \(renewed.closedFirst) of \(renewed.open) rounds and keeps the \
      local port for a while, 60 s of TIME-WAIT once the peer has closed as well; disconnecting keeps \
      none.
      """
  }
}

extension PairedDifference {
  fileprivate func text(of trial: ReconnectTrial) -> String {
    let waits = [trial.renewed, trial.reused].compactMap { $0.waits?.median.text }
    let wait =
      waits.count == 2
      ? " Waiting for the peer took \(waits[0]) with new sockets and \(waits[1]) with the same one."
      : ""
    return (isShown ? difference : noDifference) + wait
  }

  private var noDifference: String {
    let least = pairs < Self.leastPairs ? "; at least \(Self.leastPairs) are needed" : ""
    return
      "The calls on this host show no difference in \(pairs.counted("round"))\(least)."
  }

  private var difference: String {
    let verb = median > .zero ? "saves" : "costs"
    let ends = [range?.lowerBound, range?.upperBound].compactMap { $0?.magnitude }.sorted()
    let range = ends.map(\.text).joined(separator: " to ")
    return
      "Disconnecting \(verb) \(median.magnitude.text) of a round's calls on this host (median; "
      + "\(range) by the sign test, 95 %)."
  }
}

extension ReconnectTrial.Method {
  fileprivate var text: String {
    let errors = localErrors.map { $0.localText }.sorted()
    let all = [costText, counts.isEmpty ? nil : counts.text] + errors
    return all.compactMap { $0 }.joined(separator: ", ")
  }

  private var costText: String? {
    guard let times = TimeStatistics(costs) else { return rounds.isEmpty ? "no round" : nil }
    let text = "\(times.median.text) of calls"
    if costs.count == 1 { return text }
    // Of fewer than 20 the 95th of a hundred is the largest.
    let most = costs.count < 20 ? "" : ", 95 of 100 within \(times.p95.text)"
    return "\(text) in the median round (least \(times.least.text)\(most))"
  }

  fileprivate var portText: String? {
    guard let last = ports.last, ports.count > 1 else { return nil }
    if portChanges == 0 { return "The disconnected socket kept its local port, \(last)." }
    return
      "The disconnected socket got another local port in \(portChanges) of \(ports.count - 1) further "
      + "connects."
  }
}

extension ConnectOutcome {
  fileprivate var localText: String {
    if case .localError(let call, let errno) = self { "\(call): \(errno)" } else { kind.text }
  }
}

extension PeerSurvey {
  fileprivate var conductText: String? {
    switch conduct {
    case .silent?: "In a first connect the peer sent nothing for \(watched.text)."
    case .sends(let bytes)?:
      "In a first connect the peer sent first, \(bytes.counted("byte"))."
    case .closes?: "In a first connect the peer closed by itself."
    case .resets?: "In a first connect the peer reset it by itself."
    case nil: nil
    }
  }

  /// Each was set to something else than it was.
  fileprivate var optionText: String? {
    guard !options.isEmpty else { return nil }
    let list = kept.map(\.name).joined(separator: ", ")
    let lost = changed.map { "\($0.option) (\($0.before) was set, \($0.after) is left)" }
    return (lost.isEmpty ? "" : "Options reset by disconnecting: \(lost.joined(separator: ", ")). ")
      + (list.isEmpty ? "" : "Options kept: \(list).")
  }

  private var isForgetful: Bool { roundTripBefore != nil && roundTripAfter == nil }

  /// What is left or gone beside the options.
  fileprivate var leftText: String? {
    let round = isForgetful ? "it forgets the measured round trip" : nil
    let parts = [errorLeft.map { "it leaves \($0) in SO_ERROR" }, round].compactMap { $0 }
    return parts.isEmpty ? nil : "Besides, \(parts.joined(separator: " and "))."
  }
}

extension Duration {
  fileprivate var magnitude: Duration { self < .zero ? .zero - self : self }
}
