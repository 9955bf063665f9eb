import ArgumentParser
import Laboratory

/// The child in which `measure` and `advise` run their experiments; not for people.
struct SandboxEntry: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sandbox", abstract: "Play cases from standard input.", shouldDisplay: false)

  @Flag(help: "Play them on the host's own loopback.")
  var onHost = false

  func run() throws { throw ExitCode(SandboxChild.run(isOnHost: onHost)) }
}
