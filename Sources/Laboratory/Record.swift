import TCPModel

/// The tool's notes of what a sandbox reports.
struct Record {
  private(set) var observations: [Observation?]
  private(set) var isDone = false
  private let script: Script

  /// Cases that the script leaves out are noted at once, with the reason.
  init(of cases: [Case], playing script: Script) {
    self.script = script
    observations = cases.map { play in
      Script.objection(to: play).map { Observation(outcome: .notPlayed(because: $0)) }
    }
    drafts = [:]
    for live in script.cases { drafts[live.number] = Observation(outcome: .notPlayed(because: "")) }
  }

  /// Cases still being played; their outcome is not known yet.
  private var drafts: [Int: Observation]

  mutating func take(_ report: Report) throws(MalformedLine) {
    switch report {
    case .notCopied(let settings, let key, let errno):
      for live in script.cases where live.settings == settings {
        drafts[live.number]?.notCopied[key] = errno
      }
    case .timeouts(let number, let timeout, let roundTrip):
      try change(number, report) {
        ($0.retransmissionTimeout, $0.roundTrip) = (timeout, roundTrip)
      }
    case .event(let number, let event): try change(number, report) { $0.events.append(event) }
    case .outcome(let number, let outcome):
      try change(number, report) { $0.outcome = outcome }
      observations[number] = drafts.removeValue(forKey: number)
    case .done: isDone = true
    }
  }

  private mutating func change(_ number: Int, _ report: Report, _ body: (inout Observation) -> Void)
    throws(MalformedLine)
  {
    guard var draft = drafts[number] else { throw MalformedLine(report.line) }
    body(&draft)
    drafts[number] = draft
  }

  /// One observation for each case; those without an outcome were not played, for this reason.
  func finished(otherwise reason: String) -> [Observation] {
    observations.enumerated().map { number, observation in
      if let observation { return observation }
      var draft = drafts[number] ?? Observation(outcome: .notPlayed(because: reason))
      draft.outcome = .notPlayed(because: reason)
      return draft
    }
  }
}
