package import Advisor
import Observations
import TCPModel

extension Comparison {
  /// Where it was run, if not in a sandbox, and why.
  package var venue: String? {
    observation.onHostBecause.map { "on the host's loopback, because \($0)" }
  }

  /// What was seen, beside what was predicted.
  package var text: String {
    switch repetitions {
    case 0: textOfLastRun
    case 1: "\(textOfLastRun); run again once"
    default: "\(textOfLastRun); run again \(repetitions) times"
    }
  }

  private var textOfLastRun: String {
    let kind = request.isRehearsal ? "rehearsed with \(rehearsedOptions): " : ""
    switch status {
    case .confirmed:
      return kind + confirmed
    case .confirmedSoFar:
      return kind + "\(seen) of \(expected) events, end due \(timeToEnd.text)"
    case .outside(let reason):
      return kind + "\(reason); predicted \(timeToEnd.text)"
    case .notRun(let reason):
      return kind + reason
    }
  }

  private var confirmed: String {
    if let box = request.experiment.box { return confirmed(behind: box) }
    let end = "\(measuredText), predicted \(timeToEnd.text)"
    guard let outage = request.experiment.outage else { return end }
    let limit = "survives outages of up to \(timeline.survives?.text ?? "any length")"
    guard let resumedAfter else { return "\(end); \(limit)" }
    return "survived \(outage.text), resumed \(resumedAfter.text) later; \(limit)"
  }

  private func confirmed(behind box: ForgettingBox) -> String {
    let memory = "the device forgets after \(box.memory.text)"
    guard case .ended(let errno, let time) = observation.outcome else {
      return "lives on, a probe was answered at \(resumedAfter?.text ?? ""); \(memory)"
    }
    return "\(errno ?? "closed") at \(time.text), predicted \(timeToEnd.text); \(memory)"
  }

  /// Which device it meets and how; nil if there is none.
  var device: String? {
    guard let box = request.experiment.box, let name = request.middlebox else { return nil }
    guard request.experiment.scenario == .idle else { return "forgotten by \(name)" }
    let lost = ["none", "one probe lost", "two probes lost"]
    let losses = box.lostSegments < lost.count ? lost[box.lostSegments] : "\(box.lostSegments) lost"
    return box.lostSegments == 0 ? "behind \(name)" : "behind \(name), \(losses)"
  }

  /// How long after the end of its outage the first segment left that got an answer; nil where it
  /// was not outlived or there was none.
  package var resumedAfter: Duration? {
    if case .outlived(let time) = observation.outcome { time } else { nil }
  }

  /// A range where nobody is told of the end, and it was looked for.
  private var measuredText: String {
    guard let measured else { return "" }
    return lastSeen.map { TimeRange($0, measured).text } ?? measured.text
  }

  /// The last look at which it was still there; nil where a program is told of the end.
  package var lastSeen: Duration? { measured == nil ? nil : observation.lastSeen }

  /// How long it took the kernel; nil where it had not ended. At the latest, where nobody is told.
  package var measured: Duration? {
    if case .ended(_, let time) = observation.outcome { time } else { nil }
  }

  private var rehearsedOptions: String {
    let options = request.experiment.options
    if let linger = options[.linger2], request.experiment.scenario == .finWait {
      return "TCP_LINGER2 \(linger) s"
    }
    let waits = [SocketOption.keepIdle, .keepInterval].compactMap { options[$0] }
    let box = request.experiment.box.map { "a memory of \($0.memory.text)" }
    guard request.experiment.scenario == .idle else { return box ?? "" }
    return waits.map { "\($0) s, " }.joined() + "\(options[.keepCount] ?? 0) probes"
      + (box.map { ", \($0)" } ?? "")
  }
}

extension [Comparison] {
  /// Why there was no sandbox, for all of them at once; nil where there was one.
  var refusal: String? { first { $0.observation.onHostBecause != nil }?.observation.onHostBecause }

  /// Why nothing at all could be run, if that has one reason; else nil.
  var sharedRefusal: String? {
    let reasons = map { comparison in
      if case .notRun(let reason) = comparison.observation.outcome { reason } else { "" }
    }
    guard let first = reasons.first, count > 1, Set(reasons).count == 1 else { return nil }
    return first.isEmpty ? nil : first
  }
}
