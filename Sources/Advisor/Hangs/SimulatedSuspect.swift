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
    let cache = TimelineCache()
    return map { suspect in
      let timeline = suspect.timeline { cache.timeline(of: $0, under: suspect.rules) }
      return SimulatedSuspect(
        suspect: suspect, timeline: timeline, ends: suspect.ends(of: timeline))
    }
  }
}
