package import TCPModel

/// A suspect, and when it gives up.
package struct SimulatedSuspect: Sendable {
  package let suspect: Suspect
  package let timeline: Timeline
  package let ends: [HangEnd]
}

extension [Suspect] {
  /// Simulates each; what several of them do is simulated once.
  package func simulated() -> [SimulatedSuspect] {
    var known: [ExperimentSignature: Timeline] = [:]
    return map { suspect in
      let timeline = suspect.timeline { experiment in
        let signature = ExperimentSignature(of: experiment, under: suspect.rules)
        let timeline = known[signature] ?? Timeline(of: experiment, under: suspect.rules)
        known[signature] = timeline
        return timeline
      }
      return SimulatedSuspect(
        suspect: suspect, timeline: timeline, ends: suspect.ends(of: timeline))
    }
  }
}
