import ArgumentParser
import Laboratory

/// The child in which `measure` and `advise` run their experiments; not for people.
struct SandboxEntry: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sandbox", abstract: "Play cases from standard input.", shouldDisplay: false)

  func run() throws { throw ExitCode(SandboxChild.run()) }
}
