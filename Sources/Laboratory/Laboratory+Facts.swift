package import Linux
package import TCPModel

extension Laboratory {
  /// How long playing facts may take: the longest waits three seconds, for a SYN's retransmissions.
  private static let patience = Duration.seconds(10)

  /// Plays socket facts in a sandbox; nothing leaves the machine or changes on it.
  /// - Parameters:
  ///   - executable: this program; its subcommand `sandbox` calls `SandboxChild.run`.
  ///   - wrapper: a command that starts the executable, for tests; its first word is a path.
  /// - Returns: what was seen of each fact, and whether SIGINT ended it before its time.
  package static func play(
    _ facts: [SocketFact], executable: String = "/proc/self/exe", wrapper: [String] = []
  ) throws(SystemCallError) -> (observations: [FactObservation], wasInterrupted: Bool) {
    let start = Clock.monotonic.now
    var script = Script(deadline: start + patience)
    script.facts = facts.compactMap { LiveFact(id: $0.id, steps: $0.steps) }
    var record = Record(of: [], playing: script)
    Transfer.ignoreBrokenPipes()
    var sandbox = try Sandbox(running: wrapper + [executable, "sandbox"])
    try sandbox.send(script.orders)
    let ending = try sandbox.listen(
      into: &record, since: start, until: script.deadline + grace, progress: nil)
    let reason =
      switch ending {
      case .done: "not a fact that can be played"
      case .late: "it did not end within \(patience.components.seconds) s"
      case .interrupted: "interrupted"
      case .died(let status): "the sandbox ended early, with status \(status)"
      }
    let observations = facts.map { record.facts[$0.id] ?? .notPlayed(because: reason) }
    return (observations, ending == .interrupted)
  }
}
