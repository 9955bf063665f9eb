package import Advisor
import TCPModel

extension ConnectVerdict {
  /// What is, what was asked, what decides it, what would help.
  /// - Parameter isKnown: whether the last two were said of another one before.
  package func entry(isKnown: Bool = false) -> Document.StatusEntry {
    let help = isMissed && !isKnown ? help : []
    let sentences = ["\(group): \(target)\(turns) \(reason)\(condition)."] + help
    return Document.StatusEntry(
      status.mark, RichText(sentences.filter { !$0.isEmpty }.joined(separator: " ")))
  }

  /// What a probe cannot know.
  private var condition: String {
    unseen.isEmpty
      ? ""
      : ", if \(unseen.joined(separator: " and ")) match\(unseen.count == 1 ? "es" : "") as well"
  }

  /// What decides it and what would help: sentences.
  package var help: [String] { decision + [advice] }

  private var advice: String {
    if let remedy { return "What would help: \(remedy)." }
    let isOfTimers = causes.contains { if case .timers = $0 { true } else { false } }
    return isOfTimers ? "No single change that the group's levers allow would help." : ""
  }

  private var turns: String {
    addresses > 1 ? ", \(addresses) addresses \(isRace ? "at once" : "in turn"):" : ""
  }

  /// `hung 3.07 s, within 1 s is asked`.
  package var reason: String {
    if case .unknown(let reason) = status {
      return "hangs for an unknown time: \(reason); \(wish)"
    }
    return isMeasured
      ? "\(seen), \(wish)"
      : "\(played) without an answer, according to the model\(assumption); \(wish)"
  }

  private var seen: String {
    let verb = isGivenUp ? "gave up after" : "hung"
    // What was seen is one time, not a range.
    let isOne = timeToEnd.range.map { $0.earliest == $0.latest } ?? false
    return "\(verb) \(isOne ? timeToEnd.range?.latest.text ?? "" : timeToEnd.text)"
  }

  private var played: String {
    guard timeToEnd.ends != .never else { return "would hang forever" }
    return "would \(isGivenUp ? "give up after" : "hang") \(timeToEnd.text)"
  }

  /// Whether that it ended is what is wrong.
  private var isGivenUp: Bool { kind == .survive && isMissed }

  private var assumption: String {
    options.isEmpty ? "" : ", with \(options.text)"
  }

  private var wish: String {
    switch kind {
    case .within: "within \(wanted.text) is requested"
    case .survive: "an outage of \(wanted.text) must be survived" + longest
    case .recover: "an attempt must be answered within \(wanted.text) after an outage" + slowest
    }
  }

  private var slowest: String {
    guard isMissed else { return "" }
    return resumes.map { ", and it may take \($0.text)" } ?? ", and such an outage is not survived"
  }

  private var longest: String {
    guard isMissed, let outlives else { return "" }
    return ", and only one of \(outlives.text) is"
  }

  /// Which setting or whose message decided it: sentences.
  package var decision: [String] {
    var sentences: [String] = []
    for sentence in causes.flatMap(\.sentences) where !sentences.contains(sentence) {
      sentences.append(sentence)
    }
    return sentences
  }

  /// `TCP_SYNCNT = 1 (3.06–3.08 s), or a deadline of 3 s (3 s)`; nil where nothing is known to help.
  package var remedy: String? {
    remedies.isEmpty ? nil : remedies.map(\.text).joined(separator: ", or ")
  }
}

extension ConnectVerdict.Cause {
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
      course.timeline.decision(of: course.experiment).map {
        "If the neighbour no longer answers: \($0.first?.lowercased() ?? "")\($0.dropFirst())"
      }
    }
    return first.timeline.decision(of: first.experiment) + others
  }
}

extension ConnectRemedy {
  package var text: String { "\(lever.text) (\(timeToEnd.text))" }
}

extension ConnectRemedy.Lever {
  package var text: String {
    switch self {
    case .deadline(let time): "a deadline of \(time.text)"
    case .option(.userTimeout, let value): "\(SocketOption.userTimeout) = \(value) while connecting"
    case .option(let option, let value): "\(option) = \(value)"
    case .sysctl(let key, let value): "\(key.rawValue) = \(value)"
    }
  }
}
