import Linux
import TCPModel

/// The sandbox's side: what the hidden subcommand `sandbox` runs, in a process with one thread.
package enum SandboxChild {
  /// Reads a script, plays it in namespaces of its own and reports; the exit status comes back.
  ///
  /// When the pipe that orders come through closes, the tool has gone, and so has the reason to run.
  package static func run(input: CInt = 0, output: CInt = 1) -> CInt {
    Transfer.ignoreBrokenPipes()
    let reporter = Reporter(to: output)
    do throws(SystemCallError) {
      guard let script = try script(from: input) else { return 1 }
      if let refusal = Confinement.enter() {
        for live in script.cases {
          try reporter.send(.notPlayed(number: live.number, because: refusal))
        }
        for fact in script.facts {
          try reporter.send(.factNotPlayed(id: fact.id, because: refusal))
        }
      } else {
        try NetworkNamespace.dieWithParent()
        OpenFiles.raiseLimit()
        try FactStage(reporter: reporter).play(script.facts, until: script.deadline)
        // Facts leave routes and sockets behind.
        if !script.facts.isEmpty, !script.cases.isEmpty { try NetworkNamespace.enterNew() }
        let stage = try Stage(for: script, input: input, reporter: reporter)
        guard try stage.play() else { return 1 }
      }
      try reporter.send(.done)
      return 0
    } catch {
      _ = try? StandardStream.error.write("sandbox: \(error)\n")
      return 2
    }
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
