import Observations
import TCPModel

/// The tool's notes of what a sandbox reports.
struct ObservationRecorder {
  /// An experiment that the sandbox has not done with.
  private struct Draft {
    var observation = Observation(outcome: .notRun(because: ""))
    /// On the monotonic clock; nil before it began.
    var start: Duration?
  }

  private(set) var isDone = false
  /// Why there is no sandbox; nil if there is one.
  private let refusal: String?
  /// By the facts' names.
  private(set) var facts: [String: FactObservation] = [:]
  private let job: SandboxJob
  private var observations: [Observation?]
  private var drafts: [Int: Draft] = [:]

  /// Experiments that the job leaves out are noted at once, with the reason.
  init(of experiments: [Experiment], for job: SandboxJob, onHostBecause refusal: String? = nil) {
    (self.job, self.refusal) = (job, refusal)
    observations = experiments.map { experiment in
      SandboxJob.objection(to: experiment).map { Observation(outcome: .notRun(because: $0)) }
    }
    for request in job.experiments {
      var draft = Draft()
      if case .diesAnswering = request.receiverFate {
        draft.observation.receiverFate = request.receiverFate
      }
      drafts[request.number] = draft
    }
  }

  mutating func take(_ report: SandboxEvent) throws(MalformedLine) {
    switch report {
    case .ready, .refused: throw MalformedLine(report.line)
    case .notCopied(let settings, let key, let errno):
      for request in job.experiments where request.settings == settings {
        drafts[request.number]?.observation.notCopied[key] = errno
      }
    case .begun(let number, let time): try change(number, report) { $0.start = time }
    case .timeouts(let number, let timeout, let roundTrip):
      try change(number, report) {
        $0.observation.retransmissionTimeout = timeout
        $0.observation.roundTrip = roundTrip
      }
    case .event(let number, let event):
      try change(number, report) { $0.observation.events.append(event) }
    case .outageOver(let number, let time):
      try change(number, report) { $0.observation.outage = time }
    case .lastSeen(let number, let time):
      try change(number, report) { $0.observation.lastSeen = time }
    case .outlived(let number, let time):
      try finish(number, report, .outlived(resumedAfter: time))
    case .ended(let number, let errno, let time):
      try finish(number, report, .ended(errno: errno, after: time))
    case .notRun(let number, let reason):
      try finish(number, report, .notRun(because: reason))
    case .fact(let id, let seen): facts[id] = .seen(seen)
    case .factNotRun(let id, let reason): facts[id] = .notRun(because: reason)
    case .done: isDone = true
    }
  }

  private mutating func change(_ number: Int, _ report: SandboxEvent, _ body: (inout Draft) -> Void)
    throws(MalformedLine)
  {
    guard var draft = drafts[number] else { throw MalformedLine(report.line) }
    body(&draft)
    drafts[number] = draft
  }

  private mutating func finish(
    _ number: Int, _ report: SandboxEvent, _ outcome: Observation.Outcome
  )
    throws(MalformedLine)
  {
    try change(number, report) { $0.observation.outcome = outcome }
    observations[number] = drafts.removeValue(forKey: number).map { placed($0.observation) }
  }

  /// Returns one observation for each experiment; what had begun was running when the waiting
  /// stopped.
  /// - Parameters:
  ///   - end: on the monotonic clock; nil if nothing was run.
  ///   - reason: why the others were not run.
  func finished(at end: Duration?, otherwise reason: String) -> [Observation] {
    observations.enumerated().map { number, observation in
      if let observation { return observation }
      let draft = drafts[number] ?? Draft()
      var open = draft.observation
      open.outcome = .notRun(because: reason)
      if let end, let start = draft.start {
        open.outcome = .running(after: max(.zero, end - start))
      }
      return placed(open)
    }
  }

  /// Says why it was not in a sandbox, if it was not.
  private func placed(_ observation: Observation) -> Observation {
    var observation = observation
    observation.onHostBecause = refusal
    return observation
  }
}
