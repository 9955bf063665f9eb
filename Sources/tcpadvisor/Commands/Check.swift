import Advisor
import ArgumentParser
import Linux
import Reports
import SysctlFiles
import TCPModel

/// Whether objectives hold, for pipelines.
struct Check: ConfinedCommand {
  enum Assumption: String, CaseIterable, ExpressibleByArgument { case planned }

  /// What makes the exit code 1.
  enum Failure: String, CaseIterable, ExpressibleByArgument { case missed, warning, never }

  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check whether the objectives of a profile hold; the exit code says so.",
    discussion: """
      Judges what the profile requires, and the files that the host boots with: mistakes in them \
      (see lint) and where they and the kernel do not agree (see files). What is met today and lost \
      at the next boot counts as missed, as does an error in a file; warnings fail with --fail-on \
      warning, notices never. In a container, whose files nothing may boot with, all that is said of \
      them is a notice. Exit codes: 0 nothing missed, 1 something missed, 2 could not tell. With `--format nagios` they \
      are those of a plug-in: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN.
      """)

  @OptionGroup var profiles: ProfileOptions
  @OptionGroup var source: SettingsSource
  @OptionGroup var files: BootFilesOption
  @OptionGroup var output: OutputOptions
  @OptionGroup var destination: DestinationOption

  @Option(
    help: ArgumentHelp(
      "Judge the settings as planned instead of the current ones.", valueName: "what"))
  var assume: Assumption?

  @Option(help: "Output format.")
  var format = FindingsFormat(FindingsReporters.all[0])

  @Option(
    help: ArgumentHelp(
      "What exit code 1 stands for: a miss, a miss that is only a warning as well, or nothing.",
      valueName: "what"))
  var failOn = Failure.missed

  @Flag(
    help: "Print as well how live settings and sysctl files differ from what is wanted.")
  var diff = false

  var rights: Rights { source.namespace.rights }
  var written: [String] { destination.written }

  func runConfined() throws {
    try output.refuse(besides: format.reporter.name)
    let format = output.json ? FindingsJSON.self : format.reporter
    guard !diff || format.isPainted && assume == nil else {
      throw UsageError("--diff goes with the format text, and without --assume")
    }
    let profiles = try profiles.profiles()
    let judged = try files.judged(source, for: profiles)
    // A plan is made only where something is to be remedied, or judged with it.
    let advice = try Advice(for: profiles, on: judged.host, ifMissed: assume != .planned)
    var findings = assume == .planned ? advice.plannedFindings : advice.findings
    let keys = findings.flatMap(\.keysToChange)
    let boot =
      assume == .planned ? nil : try files.bootFiles(of: judged, source, for: profiles)
    findings += boot?.findings(beside: findings, for: profiles) ?? []
    let host = judged.host.snapshot
    let run = FindingsRun(
      host: host, phase: assume == .planned ? .planned : .current,
      layout: destination.path == nil ? output.layout : output.layoutOfFile,
      standings: source.standings(
        of: keys, on: host, in: judged.sequence, isLive: judged.isLive),
      boot: boot?.sequence)
    var parts = [format.text(of: findings, run)]
    if diff {
      let difference = SettingsDiff(
        of: advice.plan, on: host, boot?.sequence, named: profiles.joinedName,
        isLive: judged.isLive, below: files.root ?? "")
      parts.append(difference.text)
    }
    try destination.print(parts, isPainted: format.isPainted)
    let code = format.exitCode(of: findings) ?? exitCode(of: findings)
    if code != 0 { throw ExitCode(code) }
  }

  private func exitCode(of findings: [Finding]) -> Int32 {
    switch failOn {
    case .missed: findings.exitCode
    case .warning:
      findings.contains { $0.isMissed && $0.severity == .warning } ? 1 : findings.exitCode
    case .never: 0
    }
  }
}

/// A format of findings by its name.
struct FindingsFormat: ExpressibleByArgument {
  let reporter: any FindingsReporter.Type

  init(_ reporter: any FindingsReporter.Type) { self.reporter = reporter }

  init?(argument: String) {
    guard let reporter = FindingsReporters[argument] else { return nil }
    self.init(reporter)
  }

  var defaultValueDescription: String { reporter.name }
  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
  static var allValueStrings: [String] { FindingsReporters.all.map { $0.name } }
}

extension Advice {
  /// The advice for a host; the plan is what `emit` writes for all kernels with long support.
  init(for profiles: [Profile], on host: Host, ifMissed: Bool = false) throws {
    let baselines = try KernelRules.longTerm.map { try Host(defaultsOf: $0) }
    self.init(for: profiles, on: host, baselines: baselines, ifMissed: ifMissed)
  }
}
