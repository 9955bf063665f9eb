package import Linux
package import TCPModel

/// Runs experiments with real sockets against the running kernel, all at once, in a sandbox that
/// waits for them; nothing leaves the machine or changes on it.
package struct Laboratory: ~Copyable {
  /// How much longer than its budget a measurement may take before the sandbox is given up.
  private static let grace = Duration.milliseconds(150)

  /// nil once it has ended.
  private var sandbox: Sandbox?
  /// Why there is none, and nothing can be run.
  private var absence = Sandbox.Ending.refused("the sandbox has ended")
  /// Why it is on the host's own loopback; nil where it has namespaces of its own.
  let refusal: String?

  /// Starts the sandbox. It takes its rights with it: whoever gives up rights does so afterwards.
  ///
  /// Where namespaces are refused, another one serves, on the host's own loopback, as far as that goes.
  /// - Parameters:
  ///   - executable: this program; its subcommand `sandbox` calls `SandboxChild.run`.
  ///   - wrapper: a command that starts the executable, for tests; its first word is a path.
  package init(executable: String = "/proc/self/exe", wrapper: [String] = [])
    throws(SystemCallError)
  {
    // A sandbox that dies must not take the tool with it.
    DescriptorIO.ignoreBrokenPipes()
    let program = wrapper + [executable, "sandbox"]
    var sandbox: Sandbox?
    var start = try Self.start(&sandbox, program)
    var refusal: String?
    if case .refused(let reason) = start {
      refusal = reason
      // In namespaces that proved useless no process finds back: another one runs outside.
      start = try Self.start(&sandbox, program + [SandboxChild.onHost])
    }
    switch start {
    case .ready: self.sandbox = sandbox.take()
    case .refused(let reason): absence = .refused(reason)
    case .ended(let ending): absence = ending
    }
    self.refusal = refusal
  }

  private static func start(_ sandbox: inout Sandbox?, _ program: [String])
    throws(SystemCallError) -> Sandbox.Start
  {
    do throws(SystemCallError) {
      sandbox = try Sandbox(running: program)
    } catch {
      return .ended(.refused(SandboxDenial(error).text))
    }
    return try sandbox?.start() ?? .ended(.late)
  }

  /// Runs experiments and says what was seen.
  ///
  /// It comes back when every experiment has ended, when the budget is over, or at a signal. Whatever
  /// keeps one from being run stands in its observation.
  /// - Parameter progress: called about four times a second with the time since the start.
  package mutating func run(
    _ experiments: [Experiment], for budget: Duration, progress: ((Duration) -> Void)? = nil
  ) throws(SystemCallError) -> Measurement {
    let start = KernelClock.monotonic.now
    let job = SandboxJob(experiments, deadline: start + max(.zero, budget))
    var recorder = ObservationRecorder(of: experiments, for: job, onHostBecause: refusal)
    guard !job.experiments.isEmpty else {
      return Measurement(
        observations: recorder.finished(at: nil, otherwise: ""), stoppedBy: nil, mishap: nil)
    }
    let outcome = try run(job, &recorder, since: start, progress)
    return Self.measurement(recorder, job, outcome)
  }

  /// What became of one job.
  struct Run {
    var ending: Sandbox.Ending
    var lastHeard: Duration
  }

  mutating func run(
    _ job: SandboxJob, _ recorder: inout ObservationRecorder, since start: Duration,
    _ progress: ((Duration) -> Void)?
  ) throws(SystemCallError) -> Run {
    guard var sandbox = sandbox.take() else { return Run(ending: absence, lastHeard: start) }
    try sandbox.order(job)
    let ending = try sandbox.listen(
      into: &recorder, since: start, until: job.deadline + Self.grace, progress: progress)
    let run = Run(ending: ending, lastHeard: sandbox.lastHeard)
    if ending == .done {
      self.sandbox = consume sandbox
    } else {
      try sandbox.dismiss()
    }
    return run
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
