package import Linux
package import Observations
import TCPModel

extension Laboratory {
  /// How long running facts may take: the longest waits three seconds, for a SYN's retransmissions.
  private static let patience = Duration.seconds(10)

  /// Runs socket facts.
  /// - Returns: what was seen of each fact, and the signal that ended it before its time.
  package mutating func run(_ facts: [SocketFact]) throws(SystemCallError)
    -> (observations: [FactObservation], stoppedBy: TerminationSignal?)
  {
    let start = KernelClock.monotonic.now
    var job = SandboxJob(deadline: start + Self.patience)
    job.facts = facts.map { ($0.id, $0.steps) }
    var recorder = ObservationRecorder(of: [], for: job, onHostBecause: refusal)
    // They change sysctls.
    let ending =
      if let refusal { Sandbox.Ending.refused(refusal) } else {
        try run(job, &recorder, since: start, nil).ending
      }
    let reason = Self.reason(ending)
    let observations = facts.map { recorder.facts[$0.id] ?? .notRun(because: reason) }
    if case .stopped(let signal) = ending { return (observations, signal) }
    return (observations, nil)
  }

  /// Returns why a fact was not run.
  private static func reason(_ ending: Sandbox.Ending) -> String {
    switch ending {
    case .done: "the sandbox did not run it"
    case .late: "it did not end within \(patience.components.seconds) s"
    case .stopped: "interrupted"
    case .died(let status): "the sandbox ended early, with status \(status)"
    case .refused(let refusal): refusal
    }
  }
}
