import Advisor
import TCPModel

extension HangCandidate {
  var mark: StatusMark { StatusMark(likelihood.word, .neutral) }

  /// What happened, in a line.
  var title: String {
    switch cause {
    case .known(let wait): "\(wait.system): \(wait.summary)"
    case .giveUp(let giveUp): giveUp.title
    }
  }

  /// When it ends: `133–136 s (131 s in documentation), with ETIMEDOUT`.
  var time: String {
    let documented = documented.flatMap { $0 + $0 / 100 < range.earliest ? $0 : nil }
    return [
      range.text + (documented.map { " (\($0.text) in documentation)" } ?? ""), roundTrip,
      errno.map { "with \($0)" },
    ].compactMap(\.self).joined(separator: ", ")
  }

  /// The round trips that the times are of; nil where they have no part in them.
  private var roundTrip: String? {
    guard case .giveUp(let giveUp) = cause, giveUp.end == .giveUp,
      giveUp.timeline.scenario.depends(on: .retransmissionTimeout)
    else { return nil }
    return giveUp.experiment.path.text
  }

  /// Both in a few words: `send: tcp_retries2 = 8`.
  var brief: String {
    switch cause {
    case .known: title
    case .giveUp(let giveUp): giveUp.brief
    }
  }

  /// The settings, and who has them.
  var holders: String {
    switch cause {
    case .known(let wait): "source: \(wait.source)"
    case .giveUp(let giveUp): giveUp.holders
    }
  }
}

extension HangCandidate.Likelihood {
  /// In a column of a report.
  var word: String {
    switch self {
    case .thisHost: "here"
    case .kernelDefault: "default"
    case .knownProgram: "program"
    case .commonSetting: "setting"
    case .stall: "stall"
    case .unseen: "unseen"
    case .otherSystem: "other"
    case .resolver: "names"
    }
  }

  /// What the word stands for.
  var meaning: String {
    switch self {
    case .thisHost: "under the settings read"
    case .kernelDefault: "by default elsewhere"
    case .knownProgram: "with what a program sets or keeps by itself"
    case .commonSetting: "with values that hosts are often given"
    case .stall: "a wait that passes"
    case .unseen: "told to no program"
    case .otherSystem: "by default on another system"
    case .resolver: "before any TCP"
    }
  }
}

extension HangCandidate.GiveUp {
  fileprivate var title: String {
    let scenario = timeline.scenario
    switch end {
    case .giveUp: return "\(scenario.rawValue): \(circumstances)"
    case .deadline: return "\(scenario.rawValue): \(circumstances); the program gives up by itself"
    case .recovery(let lost):
      let segments = lost == 1 ? "the first SYN was" : "the first \(lost) SYNs were"
      return "\(scenario.rawValue): \(segments) lost, the next one was answered; nothing gives up"
    }
  }

  fileprivate var brief: String {
    guard !settingsText.isEmpty else { return title }
    let names = programs.isEmpty ? "" : " (\(programs.map(\.name).listed))"
    return "\(timeline.scenario.rawValue): \(settingsText)\(names)"
  }

  /// What happened, and what apart from settings makes a difference to its time.
  private var circumstances: String {
    let scenario = timeline.scenario
    if scenario.depends(on: .receiverFate) {
      return experiment.receiverFate == .diesAtWorstMoment
        ? "the peer's window is closed, and it dies just after it answered a probe"
        : "the peer closes its window and dies"
    }
    let isStale = scenario.depends(on: .neighbourEntry) && experiment.neighbourEntry == .stale
    return isStale ? "connect() to a host on the local link that has just died" : scenario.summary
  }

  fileprivate var holders: String {
    if case .recovery = end { return owners }
    return "\(settingsText.isEmpty ? "compiled in" : settingsText), \(owners)"
  }

  private var owners: String {
    if !hosts.isEmpty {
      let own = "here (\(hosts.spans.text))"
      return releases.isEmpty ? own : "\(own), and by default on \(kernels)"
    }
    switch suspect.origin {
    case .thisHost, .kernelDefault: return "by default on \(kernels)"
    case .program: return "with \(programs.map(\.name).listed) on \(kernels)"
    case .commonSetting(let setting): return "on \(kernels); \(setting.source)"
    }
  }

  private var kernels: String { releases.spans.text }
}

extension [KernelSpan] {
  /// `Linux 3.10, 4.14–6.4`
  var text: String {
    let names = map { span in
      let (first, last) = (span.first.release, span.last.release)
      return first == last ? first : "\(first)–\(last)"
    }
    return "Linux \(names.joined(separator: ", "))"
  }
}
