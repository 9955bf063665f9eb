package import TCPModel

extension Timeline {
  /// What ended it, and by which settings: a sentence for each limit that was met in some phase.
  package var decision: [String] {
    let isTogether = isEndedByAllLimits
    return decisiveLimits.compactMap { $0.text(in: scenario) }.enumerated().map { index, sentence in
      "\(index == 0 ? "Decided by" : isTogether ? "And by" : "Or by") \(sentence)."
    }
  }
}

extension Timeline.EndReason {
  /// Nil for what the kernel does not decide.
  fileprivate func text(in scenario: Scenario) -> String? {
    switch limit {
    case .retransmissions: "the count: \(countedRetransmissions)"
    case .retransmissionsInEveryTick:
      "the count: \(countedRetransmissions), used up by a SYN in every tick once the user timeout"
        + " is over"
    case .retransmissionTime: retransmissionTime(in: scenario)
    case .retransmissionTimeAtMaximum:
      "\(settings[0].text), which is none once the timeout has reached its maximum"
    case .userTimeout: userTimeout(in: scenario)
    case .probes: probes
    case .neighbourProbes: neighbourProbes
    case .neighbourEntry: neighbourEntry
    case .lifetime: lifetime
    case .leastLifetime: "three and a half retransmission timeouts, the least there is"
    case .deadline: nil
    }
  }

  private var countedRetransmissions: String {
    guard settings.count > 1 else { return settings[0].text }
    if settings[1].setting == .option(.deferAccept) {
      return "\(settings[0].text), or TCP_DEFER_ACCEPT where the client's ACK came and then nothing"
    }
    return settings.map(\.text).joined(separator: " and ")
      + " allow \(count ?? 0) retransmissions"
  }

  /// The sum that retransmissions may take.
  private func retransmissionTime(in scenario: Scenario) -> String {
    let isMeant = count == settings[0].value
    let acting =
      isMeant ? "" : ", which acts as \(count ?? 0) until the timeout has reached its maximum,"
    let sum = "the time that \(settings[0].text)\(acting) stands for, \(time?.text ?? "")"
    switch scenario {
    case .connect, .neighbour:
      return sum + (overruled == nil ? "" : "; linear timeouts are not in that sum")
    case .close: return "\(sum), counted from the first retransmission"
    case .movedAddress, .accept, .idle, .send, .zeroWindow, .finWait, .timeWait:
      return "\(sum), counted from the first retransmission; the number of retransmissions is"
        + " ignored"
    }
  }

  private func userTimeout(in scenario: Scenario) -> String {
    let timeout = "\(settings[0].text) ms"
    switch scenario {
    case .connect, .neighbour:
      return "\(timeout), which replaces the time that \(overruled?.text ?? "") stands for"
    case .idle:
      return "\(timeout), checked when a keepalive probe is due; the number of probes is ignored"
    case .zeroWindow: return "\(timeout), counted from the first probe, answered or not"
    case .close, .send, .movedAddress, .accept, .finWait, .timeWait:
      return "\(timeout), counted from the first retransmission"
    }
  }

  private var probes: String {
    guard settings.count > 1 else {
      let more = count == settings[0].value ? "" : " and one more"
      return "the count: \(settings[0].text)\(more) probes in a row without an answer"
    }
    return "the count: \(settings[0].text) probes without an answer, after"
      + " \(settings[1].text) s of silence and \(settings[2].text) s apart"
  }

  private var neighbourProbes: String {
    let values = settings.map(\.text)
    if values.count > 3 {
      return "the neighbour table: \(values[0]) s, then \(values[1]) requests to the old address,"
        + " then \(values[2]) to all, \(values[3]) ms apart"
    }
    return "the neighbour table: \(values[0]) and \(values[1]) requests, \(values[2]) ms apart"
  }

  private var neighbourEntry: String {
    let values = settings.map(\.text)
    let trust =
      values.count > 3
      ? "the old owner is believed for half to one and a half of \(values[3]) ms; " : ""
    return "the neighbour table: \(trust)\(values[0]) s after the next segment it is asked, by"
      + " \(values[1]) requests, \(values[2]) ms apart; the segment after these asks everybody"
  }

  private var lifetime: String {
    guard let setting = settings.first, let time else {
      return "a constant of the kernel, \(time?.text ?? "") (TCP_TIMEWAIT_LEN); no setting changes"
        + " it"
    }
    if setting.value < 0 { return "TCP_LINGER2 below zero" }
    let isCut = time < .seconds(setting.value)
    return "\(setting.text) s" + (isCut ? ", cut to \(time.text)" : "")
  }
}

extension SettingValue {
  /// `TCP_SYNCNT = 3` or `tcp_syn_retries = 6`.
  var text: String {
    switch setting {
    case .sysctl(let key): "\(key.shortName) = \(value)"
    case .option(let option): "\(option) = \(value)"
    }
  }
}
