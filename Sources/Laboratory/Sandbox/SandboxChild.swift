import Linux
import TCPModel

/// The sandbox's side: what the hidden subcommand `sandbox` runs, in a process with one thread.
package enum SandboxChild {
  /// The argument that makes it run without namespaces: what the host's own loopback allows.
  package static let onHost = "--on-host"

  /// Enters namespaces of its own, reads jobs, runs them there and reports; the exit status comes back.
  ///
  /// When the pipe that orders come through closes, the tool has gone, and so has the reason to run.
  /// Signals are the tool's to act on: a terminal and a service manager send them to both.
  package static func run(isOnHost: Bool, input: CInt = 0, output: CInt = 1) -> CInt {
    DescriptorIO.ignoreBrokenPipes()
    TerminationSignal.ignoreAll()
    let writer = EventWriter(to: output)
    do throws(SystemCallError) {
      if !isOnHost, let refusal = NamespaceSetup.enter() {
        try writer.send(.refused(because: refusal))
        return 0
      }
      // Until here there was nothing to clean up. Stopped, it would not see the pipe close.
      try ChildProcess.resumeWhenParentEnds()
      DescriptorLimit.raiseLimit()
      confine(isOnHost: isOnHost)
      try writer.send(.ready)
      return try runJobs(isOnHost: isOnHost, input, writer) ? 0 : 1
    } catch {
      if error.code == .brokenPipe { return 1 }
      _ = try? StandardStream.error.write("sandbox: \(error)\n")
      return 2
    }
  }

  /// From here on nothing but settings of its network namespaces can be written; on the host, nothing.
  private static func confine(isOnHost: Bool) {
    _ =
      isOnHost
      ? Confinement.enter(keeping: .network)
      : .enter(keeping: [.network, .namespaces, .ownNamespaces], writing: ["/proc/sys/net"])
  }

  /// - Returns: false when the tool has gone meanwhile.
  private static func runJobs(isOnHost: Bool, _ input: CInt, _ writer: EventWriter)
    throws(SystemCallError) -> Bool
  {
    var isFirst = true
    while var job = try job(from: input) {
      job.isOnHost = isOnHost
      // A job may leave routes, addresses and settings behind.
      if !isFirst, !isOnHost { try NetworkNamespace.enterNew() }
      guard try run(job, input, writer) else { return false }
      try writer.send(.done)
      isFirst = false
    }
    return !isFirst
  }

  /// - Returns: false when the tool has gone meanwhile.
  private static func run(_ job: SandboxJob, _ input: CInt, _ writer: EventWriter)
    throws(SystemCallError) -> Bool
  {
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
