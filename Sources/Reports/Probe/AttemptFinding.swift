package import Advisor
import TCPModel

/// A finding about an attempt to connect, for what is said of such alone.
package struct AttemptFinding {
  package let finding: Finding
  package let evidence: Evidence.Attempt

  /// Where the attempt went.
  var target: String { finding.target ?? "" }

  /// What is, what was asked, what decides it, what would help.
  /// - Parameter isKnown: whether the last two were said of another one before.
  package func entry(isKnown: Bool = false) -> Document.StatusEntry {
    let help = finding.isMissed && !isKnown ? help : []
    let sentences = ["\(finding.group): \(target)\(turns) \(reason)\(condition)."] + help
    return Document.StatusEntry(
      finding.status.mark, RichText(sentences.filter { !$0.isEmpty }.joined(separator: " ")))
  }

  /// What a probe cannot know.
  private var condition: String {
    let unseen = evidence.unseen.map(\.rawValue)
    return unseen.isEmpty
      ? ""
      : ", if \(unseen.joined(separator: " and ")) match\(unseen.count == 1 ? "es" : "") as well"
  }

  /// What decides it and what would help: sentences.
  package var help: [String] { decision + [advice] }

  private var advice: String {
    if let remedy { return "What would help: \(remedy)." }
    let isOfTimers = evidence.causes.contains { if case .timers = $0 { true } else { false } }
    return isOfTimers ? "No single change that the group's levers allow would help." : ""
  }

  private var turns: String {
    evidence.addresses > 1
      ? ", \(evidence.addresses) addresses \(evidence.isRace ? "at once" : "in turn"):" : ""
  }

  /// `hung 3.07 s, within 1 s is asked`.
  package var reason: String {
    if case .unknown(let reason) = finding.status {
      return "hangs for an unknown time: \(reason); \(wish)"
    }
    return evidence.isMeasured
      ? "\(seen), \(wish)"
      : "\(modelled) without an answer, according to the model\(assumption); \(wish)"
  }

  private var seen: String {
    let verb = isGivenUp ? "gave up after" : "hung"
    // What was seen is one time, not a range.
    let range = finding.evidence.timeToEnd?.range
    let isOne = range.map { $0.earliest == $0.latest } ?? false
    return "\(verb) \(isOne ? range?.latest.text ?? "" : time)"
  }

  private var modelled: String {
    guard finding.evidence.timeToEnd?.ends != .never else { return "would hang forever" }
    return "would \(isGivenUp ? "give up after" : "hang") \(time)"
  }

  private var time: String { finding.evidence.timeToEnd?.text ?? "" }

  /// Whether that it ended is what is wrong.
  private var isGivenUp: Bool { finding.subject == .bound(.survive) && finding.isMissed }

  private var assumption: String {
    let given = [finding.evidence.options.text, finding.evidence.timers.text].filter { !$0.isEmpty }
    return given.isEmpty ? "" : ", with \(given.joined(separator: ", "))"
  }

  private var wish: String {
    guard case .bound(let kind) = finding.subject, let wanted = finding.wanted?.text else {
      return finding.wish
    }
    return switch kind {
    case .within: "within \(wanted) is requested"
    case .survive: "an outage of \(wanted) must be survived" + longest
    case .recover: "an attempt must be answered within \(wanted) after an outage" + slowest
    }
  }

  private var slowest: String {
    guard finding.isMissed else { return "" }
    return finding.evidence.resumes.map { ", and it may take \($0.text)" }
      ?? ", and such an outage is not survived"
  }

  private var longest: String {
    guard finding.isMissed, let survives = finding.evidence.survives else { return "" }
    return ", and only one of \(survives.text) is"
  }

  /// Which setting or whose message decided it: sentences.
  package var decision: [String] {
    var sentences: [String] = []
    for sentence in evidence.causes.flatMap(\.sentences) where !sentences.contains(sentence) {
      sentences.append(sentence)
    }
    return sentences
  }

  /// `TCP_SYNCNT = 1 (3.06–3.08 s), or a deadline of 3 s (3 s)`; nil where nothing is known to help.
  package var remedy: String? {
    finding.remedies.isEmpty
      ? nil : finding.remedies.map(\.textOfAttempt).joined(separator: ", or ")
  }
}

extension Finding {
  /// Nil for a finding about a host.
  package var attempt: AttemptFinding? {
    evidence.attempt.map { AttemptFinding(finding: self, evidence: $0) }
  }
}

extension Evidence.Attempt.Cause {
  fileprivate var sentences: [String] {
    switch self {
    case .timers(let end): end.sentences
    case .message(let report?): ["Decided by a message: \(report.text)."]
    case .message(nil): ["Decided by a message whose sender the kernel does not report."]
    }
  }
}

extension ConnectHang {
  fileprivate var sentences: [String] {
    guard let first = courses.first else { return [] }
    let others = courses.dropFirst().flatMap { course in
      course.timeline.decision.map {
        "If the neighbour no longer answers: \($0.first?.lowercased() ?? "")\($0.dropFirst())"
      }
    }
    return first.timeline.decision + others
  }
}

extension Remedy {
  /// `TCP_SYNCNT = 1 (3.06–3.08 s)`.
  fileprivate var textOfAttempt: String {
    parts.map { part in
      part.changes.map(\.textOfAttempt).joined(separator: ", ")
        + (part.timeToEnd.map { " (\($0.text))" } ?? "")
    }.joined(separator: ", ")
  }
}

extension Remedy.Change {
  /// The change as it helps an attempt that hangs: a user timeout is for the time of connecting alone.
  var textOfAttempt: String {
    if case .option(.userTimeout, _) = self { return "\(text()) while connecting" }
    return text()
  }
}
