package import Linux
package import TCPModel

/// Plays cases with real sockets against the running kernel, all at once.
package enum Laboratory {
  /// How much longer than its budget a measurement may take before the sandbox is given up.
  static let grace = Duration.milliseconds(150)

  /// Plays cases in a sandbox and says what was seen; nothing leaves the machine or changes on it.
  ///
  /// Where a sandbox is refused, the host's own loopback serves as far as it goes. It comes back when
  /// every case has ended, when the budget is over, or at a signal. Whatever keeps a case from being
  /// played stands in its observation.
  /// - Parameters:
  ///   - executable: this program; its subcommand `sandbox` calls `SandboxChild.run`.
  ///   - wrapper: a command that starts the executable, for tests; its first word is a path.
  ///   - progress: called about four times a second with the time since the start.
  package static func play(
    _ cases: [Case], for budget: Duration, executable: String = "/proc/self/exe",
    wrapper: [String] = [], progress: ((Duration) -> Void)? = nil
  ) throws(SystemCallError) -> Measurement {
    let start = Clock.monotonic.now
    var script = Script(cases, deadline: start + max(.zero, budget))
    var record = Record(of: cases, playing: script)
    guard !script.cases.isEmpty else {
      return Measurement(
        observations: record.finished(at: nil, otherwise: ""), stoppedBy: nil, mishap: nil)
    }
    // A sandbox that dies must not take the tool with it.
    Transfer.ignoreBrokenPipes()
    let program = wrapper + [executable, "sandbox"]
    var run = try play(script, &record, by: program, since: start, progress)
    if record.refusal != nil, run.ending == .done {
      // In namespaces that proved useless no process finds back: another one plays outside.
      script.isOnHost = true
      record.startAgain()
      run = try play(script, &record, by: program, since: start, progress)
    }
    return measurement(record, script, run)
  }

  /// What became of one child.
  struct Run {
    var ending: Sandbox.Ending
    var lastHeard: Duration
  }

  static func play(
    _ script: Script, _ record: inout Record, by program: [String], since start: Duration,
    _ progress: ((Duration) -> Void)?
  ) throws(SystemCallError) -> Run {
    var sandbox: Sandbox
    do throws(SystemCallError) {
      sandbox = try Sandbox(running: program, playing: script)
    } catch {
      return Run(ending: .refused(Refusal(error).text), lastHeard: start)
    }
    let ending = try sandbox.listen(
      into: &record, since: start, until: script.deadline + grace, progress: progress)
    if ending != .done { try sandbox.dismiss() }
    return Run(ending: ending, lastHeard: sandbox.lastHeard)
  }

  private static func measurement(_ record: Record, _ script: Script, _ run: Run) -> Measurement {
    var end = min(script.deadline, Clock.monotonic.now)
    var reason = "the budget was over before it could begin"
    var stop: StopSignal?
    var mishap: String?
    switch run.ending {
    case .done: break
    case .refused(let refusal): reason = refusal
    case .stopped(let signal):
      (stop, reason) = (signal, "interrupted before it could begin")
    case .late:
      // Nobody knows what happened after its last word.
      end = min(end, run.lastHeard)
    case .died(let status):
      end = min(end, run.lastHeard)
      reason = "the sandbox ended early, with status \(status)"
      mishap = reason
    }
    return Measurement(
      observations: record.finished(at: end, otherwise: reason), stoppedBy: stop, mishap: mishap)
  }
}
