import Advisor
import ArgumentParser
import Linux
import Probes
import Reports
import SysctlFiles
import TCPModel

/// The main job: worst cases in seconds, findings, live confirmation, plan.
struct Advise: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "advise",
    abstract: "Report what the settings do, what a profile requests, and what to change.",
    discussion: "Measures in a sandbox, without root; nothing on the host changes.")

  @OptionGroup var profiles: ProfileOptions
  @OptionGroup var source: SettingsSource
  @OptionGroup var output: ReportOptions

  @Flag(help: "Skip measuring.")
  var noMeasure = false

  @Option(help: ArgumentHelp("Time for measuring.", valueName: "time"))
  var budget = "10s"

  func run() throws {
    let budget = try Budget(budget)
    let profiles = try profiles.profiles()
    let host = try source.host(for: profiles)
    let advice = try Advice(for: profiles, on: host)
    let (comparisons, stop) = try measure(advice, budget)
    let surroundings = surroundings(of: advice.plan, profiles)
    let report = AdviceReport(advice, comparisons: comparisons, surroundings: surroundings)
    try output.print(
      report.document, page: report.page(emitting: portablePlan(of: advice)), title: report.title,
      json: .answer("advise", about: host.snapshot, advice.json(comparisons, surroundings)))
    if let stop { throw ExitCode(stop.status) }
  }

  /// What `emit` writes, where that is the plan.
  private func portablePlan(of advice: Advice) throws -> PortablePlan? {
    switch advice.scope {
    case .host: nil
    case .everywhere: try PortablePlan(for: advice.profiles, kernels: KernelRules.longTerm)
    case .kernel:
      try advice.host.snapshot.kernel.map { try PortablePlan(for: advice.profiles, kernels: [$0]) }
    }
  }

  /// Measures on the kernel that runs here, so only where the settings are those of its rules.
  private func measure(_ advice: Advice, _ budget: Budget) throws -> (
    [Comparison], TerminationSignal?
  ) {
    guard !noMeasure, source.from == nil, source.procRoot == nil, source.kernel.isEmpty,
      source.hz == nil
    else { return ([], nil) }
    return try budget.measure(advice.requests(within: budget.time), on: advice.host)
  }

  /// What surrounds this host; a captured one has no files and processes to look at.
  private func surroundings(of plan: Plan, _ profiles: [Profile]) -> DeploymentContext {
    guard source.isThisHost else { return DeploymentContext() }
    let planned = Dictionary(plan.sysctls.map { ($0.key, $0.to) }) { $1 }
    let dropIn = PortablePlan.fileName(for: profiles.joinedName)
    let files = SysctlDirectories().settings
    let others = NamespaceCensus(in: ProcFS())
    return DeploymentContext(
      overrides: files.overrides(of: dropIn, setting: planned),
      loaderMask: planned.isEmpty ? nil : files.loader.unit.mask,
      unreadFiles: files.unreadableFiles(after: dropIn), processesElsewhere: others.processes,
      namespacesElsewhere: others.namespaces, processesUnseen: others.unseen)
  }
}
