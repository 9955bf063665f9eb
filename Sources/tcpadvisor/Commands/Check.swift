import Advisor
import ArgumentParser
import Reports
import TCPModel

/// Whether objectives hold, for pipelines.
struct Check: ParsableCommand {
  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json }
  enum Assumption: String, CaseIterable, ExpressibleByArgument { case planned }

  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check whether the objectives of a profile hold; the exit code says so.",
    discussion: "Exit codes: 0 nothing missed, 1 something missed, 2 could not tell.")

  @OptionGroup var profiles: ProfileOptions
  @OptionGroup var source: SettingsSource
  @OptionGroup var output: OutputOptions

  @Option(
    help: ArgumentHelp(
      "Judge the settings as planned instead of the current ones.", valueName: "what"))
  var assume: Assumption?

  @Option(help: "Output format.")
  var format = Format.text

  func run() throws {
    let host = try source.host()
    let advice = try Advice(for: profiles.profiles(), on: host)
    let findings = assume == .planned ? advice.plannedFindings : advice.findings
    if output.json || format == .json {
      let rows = findings.map { $0.json(remedy: advice.plan.remedy(for: $0)) }
      let part: JSON = [
        "settings": .string(assume == .planned ? "planned" : "current"),
        "findings": .array(rows),
      ]
      Console.print(JSON.answer("check", about: host.snapshot, part).text)
    } else {
      output.print(Document(findings, remediedBy: advice.plan))
    }
    if findings.exitCode != 0 { throw ExitCode(findings.exitCode) }
  }
}

extension Advice {
  /// The advice for a host; the plan is what `emit` writes for all kernels with long support.
  init(for profiles: [Profile], on host: Host) throws {
    let baselines = try KernelRules.longTerm.map { try Host(defaultsOf: $0) }
    self.init(for: profiles, on: host, baselines: baselines)
  }
}
