import Linux
import TCPModel

/// The sandbox's side: what the hidden subcommand `sandbox` runs, in a process with one thread.
package enum SandboxChild {
  /// Reads a script, runs it in namespaces of its own and reports; the exit status comes back.
  ///
  /// When the pipe that orders come through closes, the tool has gone, and so has the reason to run.
  /// Signals are the tool's to act on: a terminal and a service manager send them to both.
  package static func run(input: CInt = 0, output: CInt = 1) -> CInt {
    DescriptorIO.ignoreBrokenPipes()
    TerminationSignal.ignoreAll()
    let writer = EventWriter(to: output)
    do throws(SystemCallError) {
      guard let job = try job(from: input) else { return 1 }
      if !job.isOnHost, let refusal = NamespaceSetup.enter() {
        try writer.send(.refused(because: refusal))
      } else {
        guard try run(job, input, writer) else { return 1 }
      }
      try writer.send(.done)
      return 0
    } catch {
      if error.code == .brokenPipe { return 1 }
      _ = try? StandardStream.error.write("sandbox: \(error)\n")
      return 2
    }
  }

  /// - Returns: false when the tool has gone meanwhile.
  private static func run(_ job: SandboxJob, _ input: CInt, _ writer: EventWriter)
    throws(SystemCallError) -> Bool
  {
    // Until here there was nothing to clean up. Stopped, it would not see the pipe close.
    try ChildProcess.resumeWhenParentEnds()
    DescriptorLimit.raiseLimit()
    if !job.facts.isEmpty {
      let runner = try FactRunner(input: input, writer: writer)
      guard try runner.run(job.facts, until: job.deadline) else { return false }
      // Facts leave routes behind.
      if !job.experiments.isEmpty { try NetworkNamespace.enterNew() }
    }
    let runner = try ExperimentRunner(for: job, input: input, writer: writer)
    defer { runner.leave() }
    return try runner.run()
  }

  /// Returns the orders up to `run`; nil if the tool has gone before.
  private static func job(from input: CInt) throws(SystemCallError) -> SandboxJob? {
    var job = SandboxJob(deadline: .zero)
    var lines = LineBuffer()
    while true {
      let bytes = try DescriptorIO.readSome(input, "orders", atMost: 65_536)
      if bytes.isEmpty { return nil }
      do throws(MalformedLine) {
        for line in try lines.add(bytes) where try !job.take(SandboxCommand(parsing: line)) {
          return job
        }
      } catch {
        throw error.asReadError
      }
    }
  }
}
