import Linux
import TCPModel

/// The sandbox's side: what the hidden subcommand `sandbox` runs, in a process with one thread.
package enum SandboxChild {
  /// Reads a script, plays it in namespaces of its own and reports; the exit status comes back.
  ///
  /// When the pipe that orders come through closes, the tool has gone, and so has the reason to run.
  /// Signals are the tool's to act on: a terminal and a service manager send them to both.
  package static func run(input: CInt = 0, output: CInt = 1) -> CInt {
    Transfer.ignoreBrokenPipes()
    StopSignal.ignoreAll()
    let reporter = Reporter(to: output)
    do throws(SystemCallError) {
      guard let script = try script(from: input) else { return 1 }
      if !script.isOnHost, let refusal = Confinement.enter() {
        try reporter.send(.refused(because: refusal))
      } else {
        guard try play(script, input, reporter) else { return 1 }
      }
      try reporter.send(.done)
      return 0
    } catch {
      if error.code == .brokenPipe { return 1 }
      _ = try? StandardStream.error.write("sandbox: \(error)\n")
      return 2
    }
  }

  /// - Returns: false when the tool has gone meanwhile.
  private static func play(_ script: Script, _ input: CInt, _ reporter: Reporter)
    throws(SystemCallError) -> Bool
  {
    // Stopped, it would not see the pipe close.
    try ChildProcess.resumeWhenParentEnds()
    OpenFiles.raiseLimit()
    if !script.facts.isEmpty {
      let stage = try FactStage(input: input, reporter: reporter)
      guard try stage.play(script.facts, until: script.deadline) else { return false }
      // Facts leave routes behind.
      if !script.cases.isEmpty { try NetworkNamespace.enterNew() }
    }
    let stage = try Stage(for: script, input: input, reporter: reporter)
    defer { stage.leave() }
    return try stage.play()
  }

  /// The orders up to `play`; nil when the tool has gone before.
  private static func script(from input: CInt) throws(SystemCallError) -> Script? {
    var script = Script(deadline: .zero)
    var lines = Lines()
    while true {
      let bytes = try Transfer.readSome(input, "orders", atMost: 65_536)
      if bytes.isEmpty { return nil }
      do throws(MalformedLine) {
        for line in try lines.add(bytes) where try !script.take(Order(parsing: line)) {
          return script
        }
      } catch {
        throw error.asReadError
      }
    }
  }
}
