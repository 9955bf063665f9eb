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
    let script = Script(cases, deadline: start + max(.zero, budget))
    var record = Record(of: cases, playing: script)
    guard !script.cases.isEmpty else {
      return Measurement(
        observations: record.finished(at: nil, otherwise: ""), wasInterrupted: false)
    }
    // A sandbox that dies must not take the tool with it.
    Transfer.ignoreBrokenPipes()
    var sandbox = try Sandbox(running: wrapper + [executable, "sandbox"])
    try sandbox.send(script.orders)
    let ending = try sandbox.listen(
      into: &record, since: start, until: script.deadline + grace, progress: progress)
    return measurement(record, script, ending)
  }

  private static func measurement(_ record: Record, _ script: Script, _ ending: Sandbox.Ending)
    -> Measurement
  {
    var end: Duration? = min(script.deadline, Clock.monotonic.now)
    var reason = "the budget was over before it could begin"
    switch ending {
    case .done, .late: break
    case .interrupted: reason = "interrupted before it could begin"
    case .died(let status):
      (end, reason) = (nil, "the sandbox ended early, with status \(status)")
    }
    return Measurement(
      observations: record.finished(at: end, otherwise: reason),
      wasInterrupted: ending == .interrupted)
  }
}
