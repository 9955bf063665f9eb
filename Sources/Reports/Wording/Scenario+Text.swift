import TCPModel

extension Scenario {
  /// What happened, in the few words that fit beside a time.
  var brief: String {
    switch self {
    case .connect: "the host stays silent"
    case .send: "data unacknowledged, peer silently gone"
    case .neighbour, .movedAddress, .accept, .idle, .zeroWindow, .close, .finWait, .timeWait:
      summary
    }
  }

  /// What the end of the scenario means, as the subject of a sentence about time.
  var event: String {
    switch self {
    case .connect: "a connect to a silent host gives up"
    case .neighbour: "a connect to an unused address fails"
    case .movedAddress: "the new owner of an address is found, or the client gives up,"
    case .accept: "a half-open connection is dropped"
    case .idle: "a dead peer of an idle connection is noticed"
    case .send: "a dead peer is noticed while data is unacknowledged"
    case .zeroWindow: "a peer that dies with its window closed is given up"
    case .close: "an orphan with unacknowledged data is dropped"
    case .finWait: "an orphan in FIN-WAIT-2 is dropped"
    case .timeWait: "the port of a closed connection is free"
    }
  }

  /// Returns the event and its time: `a connect to a silent host gives up after 133–136 s`.
  func sentence(_ timeToEnd: TimeToEnd) -> String {
    switch timeToEnd.ends {
    case .never: "\(event): never"
    case .unknown(let reason): "\(event): unknown, because \(reason)"
    case .always, .maybeNever: "\(event) after \(timeToEnd.text)"
    }
  }
}

extension Experiment {
  /// Why the scenario may never end.
  var whyItNeverEnds: String {
    if scenario == .zeroWindow { return "the peer answers" }
    let isAsked = scenario == .idle && options[.keepalive] ?? 0 != 0
    return isAsked
      ? "the kernel counts probes in eight bits, and more are to stay unanswered"
      : "nothing asks whether the peer is alive"
  }
}

extension SysctlKey {
  /// What the number means, for the comment above it; of the keys that an objective can ask for.
  var comment: String? {
    let asked: Set<SysctlKey> = [
      .tcpKeepaliveTime, .tcpKeepaliveIntvl, .tcpKeepaliveProbes, .tcpSynRetries, .tcpRetries2,
    ]
    return asked.contains(self) ? SysctlCatalog[self]?.meaning : nil
  }
}
