import Advisor
import ArgumentParser
import Laboratory
import Linux
import Probes
import Reports
import SysctlFiles
import TCPModel

/// The main job: worst cases in seconds, findings, live confirmation, plan.
struct Advise: MeasuringCommand {
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

  var namespace: NamespaceOption { source.namespace }
  var written: [String] { output.written }

  /// Only where the settings are those of the kernel that runs here.
  var measures: Bool {
    !noMeasure && source.isThisHost && source.kernel.isEmpty && source.hz == nil
  }

  /// It counts processes in other namespaces, and may have to end the sandbox.
  var rights: Rights {
    guard source.isThisHost else { return [] }
    return namespace.rights.union(measures ? [.processes, .children] : .processes)
  }

  func run(in laboratory: inout Laboratory?, under confinement: Confinement) throws {
    let budget = try Budget(budget)
    let profiles = try profiles.profiles()
    let host = try source.host(for: profiles)
    let advice = try Advice(for: profiles, on: host)
    let (comparisons, stop) = try measured(advice, for: budget, in: &laboratory)
    let surroundings = surroundings(of: advice.plan, profiles)
    let report = AdviceReport(advice, comparisons: comparisons, surroundings: surroundings)
    try output.print(
      report.document, page: report.page(emitting: portablePlan(of: advice)), title: report.title,
      json: .answer(
        "advise", about: host.snapshot,
        advice.json(comparisons, surroundings)
          .merging(["confinement": confinement.json])))
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

  private func measured(
    _ advice: Advice, for budget: Budget, in laboratory: inout Laboratory?
  ) throws -> ([Comparison], TerminationSignal?) {
    guard measures else { return ([], nil) }
    return try budget.measure(
      advice.requests(within: budget.time), on: advice.host, in: &laboratory)
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
