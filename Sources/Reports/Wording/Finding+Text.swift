package import Advisor
import TCPModel

extension Finding {
  /// What is asked: `within 15 min`.
  package var wish: String {
    switch subject {
    case .bound(let kind): "\(kind.rawValue) \(wanted?.text ?? "")"
    case .middlebox(let box) where !box.tcpKeepaliveCounts:
      "\(box.name): a heartbeat within \(box.idleTimeout.text)"
    case .middlebox(let box):
      "\(box.name): first probe within \(wanted?.text ?? box.idleTimeout.text)"
    case .silentDrop(let box): "\(box.name): a bound on unacknowledged data"
    case .sysctl(let requirement): requirement.text
    case .rule(let mistake): "free of \(mistake.rule.slug)"
    case .drift: "files, loaders and kernel agree"
    case .unreadFile: "the file is read"
    }
  }

  /// What is, in a clause with numbers.
  package var reason: String {
    if let attempt { return attempt.reason }
    if case .unknown(let reason) = status { return reason }
    switch subject {
    case .bound(.within): return withinReason
    case .bound(.survive): return surviveReason
    case .bound(.recover): return recoverReason
    case .middlebox(let box): return middleboxReason(box)
    case .silentDrop(let box): return silentDropReason(box)
    case .sysctl(let requirement):
      let held = evidence.sysctl.map { "it is \($0.printed)" }
      return [held, requirement.why.map { "why: \($0)" }].compactMap(\.self).joined(separator: "; ")
    case .rule(let mistake): return mistake.message
    case .drift(let drift): return drift.reason
    case .unreadFile: return ""
    }
  }

  /// What helps, each by itself.
  package var remedyTexts: [String] {
    switch subject {
    case .bound, .middlebox, .silentDrop, .sysctl: remedies.map { $0.text(for: self) }
    case .rule(let mistake): [mistake.remedy]
    case .drift(let drift):
      drift.remedies.map { $0.text(prefix: drift.standing.live.prefix).plain }
    case .unreadFile(_, let errno): [Self.remedy(forUnread: errno)]
    }
  }

  /// What helps where a file of the boot could not be read.
  private static func remedy(forUnread errno: String) -> String {
    switch errno {
    case "EACCES", "EPERM": "run it as a user who may read the file"
    case "EFBIG": "no sysctl file is so large: take out what does not belong in it"
    default: "mend the file, or take it out"
    }
  }

  private var withinReason: String {
    guard let timeToEnd = evidence.timeToEnd else { return "" }
    if timeToEnd.ends == .never { return "never ends" }
    guard timeToEnd.ends == .always, let latest = timeToEnd.range?.latest, let wanted = wanted?.time
    else {
      return "ends: \(timeToEnd.text)"
    }
    if latest <= wanted { return "ends after \(timeToEnd.text)" }
    let late = (latest - wanted).text
    if let earliest = timeToEnd.range?.earliest, earliest <= wanted {
      return "ends after \(timeToEnd.text), up to \(late) late"
    }
    return "ends after \(timeToEnd.text), \(late) late"
  }

  private var surviveReason: String {
    guard let survives = evidence.survives else { return "nothing ends it" }
    return survives == .zero ? "survives no outage" : "survives an outage of \(survives.text)"
  }

  private var recoverReason: String {
    guard let resumes = evidence.resumes else { return "nothing is sent in time after the outage" }
    return "resumes up to \(resumes.text) after the outage"
  }

  /// What the profile says about it, not the host.
  private func silentDropReason(_ box: Middlebox) -> String {
    if isMissed {
      return """
        \(box.name) drops silently after \(box.idleTimeout.text), and the profile requests no bound \
        on a write then
        """
    }
    if evidence.options[.userTimeout] ?? 0 > 0 {
      return "TCP_USER_TIMEOUT bounds unacknowledged data"
    }
    return evidence.timers.readTimeout.map { "the program waits \($0.text) for an answer" }
      ?? "the profile requests `within` for send"
  }

  private func middleboxReason(_ box: Middlebox) -> String {
    let memory = "its idle timeout is \(box.idleTimeout.text)"
    if let heartbeat = evidence.timers.heartbeat, evidence.silence == heartbeat {
      return heartbeatReason(every: heartbeat, memory)
    }
    return switch status {
    case .met(let margin): "half of \(box.idleTimeout.text), \(margin?.text ?? "0 s") to spare"
    case .missed(let by?):
      isFirstProbeInTime(box)
        ? "should one probe be lost, the next comes up to \(by.text) too late; \(memory)"
        : "a probe comes \(by.text) too late; \(memory)"
    case .missed(nil):
      isFirstProbeInTime(box)
        ? "no second probe follows a lost one; \(memory)" : "no probe is ever sent; \(memory)"
    case .unknown(let reason): reason
    }
  }

  private func heartbeatReason(every interval: Duration, _ memory: String) -> String {
    switch status {
    case .met(let margin):
      "a heartbeat every \(interval.text), and \(margin?.text ?? "0 s") for one to be repeated"
    case .missed(let by):
      "a heartbeat every \(interval.text) may pass \(by?.text ?? "long") too late; \(memory)"
    case .unknown(let reason): reason
    }
  }

  private func isFirstProbeInTime(_ box: Middlebox) -> Bool {
    evidence.silence.map { $0 <= box.longestIdle } ?? false
  }
}

extension BootDrift {
  fileprivate var reason: String {
    let lost = missedAfterBoot.listed
    return standing.reason
      + (lost.isEmpty ? "" : "; what is met today is missed after the next boot: \(lost)")
  }
}

extension Remedy {
  /// Returns what to do about a finding: `tcp_retries2 = 8 gives 100–127 s; in the program …`.
  package func text(for finding: Finding) -> String {
    // A key that the profile names itself is spelt out.
    let spelt = if case .sysctl = finding.subject { true } else { false }
    return parts.map { part in
      part.changes.map { $0.text(spelt: spelt) }.joined(separator: ", ")
        + (part.timeToEnd.map { " gives \($0.text)" } ?? "")
    }.joined(separator: "; in the program ")
  }
}

extension Remedy.Change {
  /// - Parameter spelt: whether sysctls are given their whole names.
  package func text(spelt: Bool = true) -> String {
    switch self {
    case .sysctl(let key, let value): "\(spelt ? key.rawValue : String(key.shortName)) = \(value)"
    case .option(let option, let value): "\(option) = \(value)"
    case .deadline(let time): "a deadline of \(time.text)"
    case .objective(let scenario, let kind):
      "request `\(kind.rawValue)` for \(scenario.rawValue)"
    }
  }
}

extension Plan.Effect {
  /// `a dead peer of an idle connection is noticed after 859–876 s (before: 2 h 11 min–2 h 14 min)`.
  package var text: String {
    let sentence = objective.scenario.sentence(after)
    return before == after ? sentence : "\(sentence) (before: \(before.text))"
  }

  /// What was asked: `within 15 min, survive 60 s`; nil where only devices on the path ask.
  package var asked: String? {
    let parts = objective.bounds.map { "\($0.kind.rawValue) \($0.bound.written.text)" }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}

extension Plan.Contradiction {
  package var text: String {
    let named = requirements.map {
      "\($0.text) (\($0.location))" + ($0.needs.map { " needs \($0)" } ?? "")
    }.joined(separator: " and ")
    return "\(group): \(named): \(because)"
  }
}

extension Plan.Unsearched {
  /// `pool: idle, send`.
  package var text: String {
    "\(group): \(scenarios.map(\.rawValue).joined(separator: ", "))"
  }
}

extension Plan {
  /// A line for each group of which something was not searched, and one for all of them.
  package var unsearchedTexts: [String] {
    guard !unsearched.isEmpty else { return [] }
    return unsearched.map { "not searched within the budget: \($0.text)" }
      + ["the budget is used up: \(Plan.Unsearched.remedy)"]
  }
}

extension Plan.SideEffect {
  package var text: String {
    switch cause {
    case .userTimeoutKillsStalledReader(let timeout):
      "a live peer that keeps its window closed for \(timeout.text) is given up as well"
    case .lostProbeKills:
      "one lost keepalive probe ends an idle connection, after"
        + " \((after ?? TimeToEnd(ends: .never, range: nil)).text)"
        + " (before: \(before?.text ?? "never")): set a shorter TCP_KEEPIDLE, or request `idle` too"
    case .shorterOutage(let before?, let after):
      "\(scenario.rawValue) survives an outage of \(after.text) (before: \(before.text))"
    case .shorterOutage(nil, let after):
      "\(scenario.rawValue) survives an outage of \(after.text) (before: no outage ended it)"
    case .frequentProbes(let packets):
      "1000 idle connections exchange \(packets) packets a second for keepalive"
    case .fewRetransmissions(let key, let value):
      "\(key) = \(value) fails connections of every program of the host after few lost packets"
    case .setting:
      scenario.sentence(after ?? TimeToEnd(ends: .never, range: nil))
        + " (before: \(before?.text ?? "never")), not requested by the profile"
    }
  }
}
