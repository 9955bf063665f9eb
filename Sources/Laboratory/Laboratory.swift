package import Linux
package import TCPModel

/// Runs experiments with real sockets against the running kernel, all at once.
package enum Laboratory {
  /// How much longer than its budget a measurement may take before the sandbox is given up.
  static let grace = Duration.milliseconds(150)

  /// Runs experiments in a sandbox and says what was seen; nothing leaves the machine or changes on it.
  ///
  /// Where a sandbox is refused, the host's own loopback serves as far as it goes. It comes back when
  /// every experiment has ended, when the budget is over, or at a signal. Whatever keeps one from being
  /// run stands in its observation.
  /// - Parameters:
  ///   - executable: this program; its subcommand `sandbox` calls `SandboxChild.run`.
  ///   - wrapper: a command that starts the executable, for tests; its first word is a path.
  ///   - progress: called about four times a second with the time since the start.
  package static func run(
    _ experiments: [Experiment], for budget: Duration, executable: String = "/proc/self/exe",
    wrapper: [String] = [], progress: ((Duration) -> Void)? = nil
  ) throws(SystemCallError) -> Measurement {
    let start = KernelClock.monotonic.now
    var job = SandboxJob(experiments, deadline: start + max(.zero, budget))
    var recorder = ObservationRecorder(of: experiments, for: job)
    guard !job.experiments.isEmpty else {
      return Measurement(
        observations: recorder.finished(at: nil, otherwise: ""), stoppedBy: nil, mishap: nil)
    }
    // A sandbox that dies must not take the tool with it.
    DescriptorIO.ignoreBrokenPipes()
    let program = wrapper + [executable, "sandbox"]
    var outcome = try run(job, &recorder, by: program, since: start, progress)
    if recorder.refusal != nil, outcome.ending == .done {
      // In namespaces that proved useless no process finds back: another one runs outside.
      job.isOnHost = true
      recorder.startAgain()
      outcome = try run(job, &recorder, by: program, since: start, progress)
    }
    return measurement(recorder, job, outcome)
  }

  /// What became of one child.
  struct Run {
    var ending: Sandbox.Ending
    var lastHeard: Duration
  }

  static func run(
    _ job: SandboxJob, _ recorder: inout ObservationRecorder, by program: [String],
    since start: Duration,
    _ progress: ((Duration) -> Void)?
  ) throws(SystemCallError) -> Run {
    var sandbox: Sandbox
    do throws(SystemCallError) {
      sandbox = try Sandbox(running: program, for: job)
    } catch {
      return Run(ending: .refused(SandboxDenial(error).text), lastHeard: start)
    }
    let ending = try sandbox.listen(
      into: &recorder, since: start, until: job.deadline + grace, progress: progress)
    if ending != .done { try sandbox.dismiss() }
    return Run(ending: ending, lastHeard: sandbox.lastHeard)
  }

  private static func measurement(_ recorder: ObservationRecorder, _ job: SandboxJob, _ run: Run)
    -> Measurement
  {
    var end = min(job.deadline, KernelClock.monotonic.now)
    var reason = "the budget was over before it could begin"
    var stop: TerminationSignal?
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
      observations: recorder.finished(at: end, otherwise: reason), stoppedBy: stop, mishap: mishap)
  }
}
