package import Linux
package import TCPModel

/// Plays cases with real sockets against the running kernel, all at once.
package enum Laboratory {
  /// How much longer than its budget a measurement may take before the sandbox is given up.
  static let grace = Duration.milliseconds(150)

  /// Plays cases in a sandbox and says what was seen; nothing leaves the machine or changes on it.
  ///
  /// It comes back when every case has ended, when the budget is over, or at SIGINT. Whatever keeps
  /// a case from being played, a refused sandbox included, stands in its observation.
  /// - Parameters:
  ///   - executable: this program; its subcommand `sandbox` calls `SandboxChild.run`.
  ///   - wrapper: a command that starts the executable, for tests; its first word is a path.
  ///   - progress: called about four times a second with the time since the start.
  package static func play(
    _ cases: [Case], for budget: Duration, executable: String = "/proc/self/exe",
    wrapper: [String] = [], progress: ((Duration) -> Void)? = nil
  ) throws(SystemCallError) -> Measurement {
    let start = Clock.monotonic.now
    let script = Script(cases, deadline: start + budget)
    var record = Record(of: cases, playing: script)
    if script.cases.isEmpty {
      return Measurement(observations: record.finished(otherwise: ""), wasInterrupted: false)
    }
    // A sandbox that dies must not take the tool with it.
    Transfer.ignoreBrokenPipes()
    var sandbox = try Sandbox(
      running: wrapper + [executable, "sandbox"], since: start,
      until: script.deadline + grace)
    try sandbox.send(script.orders)
    try sandbox.listen(into: &record, progress: progress)
    let reason = record.isDone ? "the sandbox said nothing of it" : try sandbox.farewell()
    return Measurement(
      observations: record.finished(otherwise: reason), wasInterrupted: sandbox.wasInterrupted)
  }
}
