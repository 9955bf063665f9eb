import Advisor
import ArgumentParser
import Laboratory
import InputFiles
import Linux
import NetAddress
import Reports
import TCPModel

/// Plays cases live and holds them against the model.
struct Measure: MeasuringCommand {
  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json, csv }

  static let configuration = CommandConfiguration(
    commandName: "measure",
    abstract: "Measure scenarios with real sockets in a sandbox and compare with the model.",
    discussion: """
      `idle` is measured with SO_KEEPALIVE on, unless --option SO_KEEPALIVE=0 is given. With --outage \
      the peer answers again after that time, counted from the worst moment: the connect, just \
      before the write, or just before the first keepalive probe. With --profile the settings that \
      `emit` writes are measured on top of those of this host, and compared with the objectives, \
      and so is what becomes of connections behind the devices on its path. \
      Exit codes: 0 all within the predicted ranges, 1 something outside, 2 nothing could be told.
      """)

  @Argument(help: "Scenarios. (default: all)", completion: Completions.scenarios)
  var scenarios: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Measure the settings that emit writes for a profile.", valueName: "name|path"),
    completion: Completions.profiles)
  var profile: [String] = []

  @Option(
    help: ArgumentHelp(
      "Measure a grid of settings from a file; - is standard input.", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var grid: String?

  @OptionGroup var source: SettingsSource
  @OptionGroup var experiment: CaseOptions
  @OptionGroup var output: ReportOptions

  @Option(help: ArgumentHelp("Time for measuring. (default: 10s)", valueName: "time"))
  var budget: String?

  @Flag(help: "Wait for the end of every case, however long it takes.")
  var full = false

  @Option(
    help: ArgumentHelp("Silence of the peer. (default: forever)", valueName: "time"))
  var outage: String?

  @Flag(
    help:
      "Instead, check what is known of connect, its errors and socket options on this kernel."
  )
  var socketFacts = false

  @Option(
    help: ArgumentHelp(
      "Run what is outside again by itself, at most so often. (default: 0)", valueName: "times"))
  var again = 0

  @Option(help: "Output format.")
  var format = Format.text

  var namespace: NamespaceOption { source.namespace }
  var written: [String] { output.written }
  var measures: Bool { true }
  var rights: Rights { namespace.rights.union(.children) }

  func run(in laboratory: inout Laboratory?, under _: Confinement) throws {
    if socketFacts { return try measureSocketFacts(in: &laboratory) }
    try refuseWhatExcludesEachOther()
    let host = try host()
    let (wanted, leftOut) = try requests(on: host)
    let budget = try full ? Budget(toTheEndOf: wanted, on: host) : Budget(self.budget ?? "10s")
    let cache = TimelineCache()
    let requests = wanted.flatMap { $0.rehearsed(within: budget.time, on: host, asking: cache) }
    var (comparisons, stop) = try budget.measure(requests, on: host, in: &laboratory)
    if stop == nil { stop = try runAgain(&comparisons, within: budget, on: host, in: &laboratory) }
    try tell(comparisons, leftOut, on: host)
    let code = stop?.status ?? comparisons.exitCode
    if code != 0 { throw ExitCode(code) }
  }

  /// Runs what is outside once more, each case by itself: on a busy machine many at once are late.
  /// - Returns: the signal that broke it off.
  private func runAgain(
    _ comparisons: inout [Comparison], within budget: Budget, on host: Host,
    in laboratory: inout Laboratory?
  ) throws -> TerminationSignal? {
    for index in comparisons.indices {
      while comparisons[index].status.isOutside, comparisons[index].repetitions < again {
        let (once, stop) = try budget.measure(
          [comparisons[index].request], on: host, in: &laboratory)
        if let stop { return stop }
        guard var once = once.first else { break }
        once.repetitions = comparisons[index].repetitions + 1
        comparisons[index] = once
      }
    }
    return nil
  }

  /// What is run: on this kernel, with the settings of this host or of a captured one.
  private func host() throws -> Host {
    guard !source.isThisHost else { return try source.host() }
    let own = try SettingsSource.parse([]).snapshots(of: [])[0]
    guard let kernel = own.kernel else { return try source.host() }
    var captured = try source.snapshot().moved(to: kernel)
    (captured.kernel, captured.tickRate) = (kernel, own.tickRate)
    return try Host(captured)
  }

  private func tell(_ comparisons: [Comparison], _ leftOut: [Grid.LeftOut], on host: Host) throws {
    let report = MeasurementReport(comparisons, leftOut: leftOut, of: host.snapshot)
    if format == .csv, !output.json {
      try output.writePage(of: { [report.page] }, title: report.title)
      return Console.print(MeasurementTable(comparisons).csv)
    }
    try answers.print(
      report.document, page: report.page, title: report.title,
      json: .answer(
        "measure", about: host.snapshot,
        [
          "measurements": .array(comparisons.map(\.json)),
          "left_out": .array(leftOut.map(\.json)),
        ]))
  }

  /// With `--format json` as with `--json`.
  var answers: ReportOptions {
    var output = output
    output.output.json = output.json || format == .json
    return output
  }

  private func refuseWhatExcludesEachOther() throws {
    guard source.kernel.isEmpty, source.hz == nil else {
      throw UsageError("measure runs on the running kernel; --kernel and --hz are for explain")
    }
    guard !full || budget == nil else { throw UsageError("--full and --budget exclude each other") }
    try output.refuse(besides: format.rawValue)
    guard (0...100).contains(again) else { throw UsageError("--again \(again): 0 to 100 times") }
    let hasCase = !experiment.isUnused || outage != nil || !scenarios.isEmpty
    let ways = [hasCase, !profile.isEmpty, grid != nil]
    guard ways.count(where: { $0 }) <= 1 else {
      throw UsageError(
        "scenarios with their options, --profile, and --grid exclude each other")
    }
  }

  private func requests(on host: Host) throws -> (
    requests: [MeasurementRequest], leftOut: [Grid.LeftOut]
  ) {
    if let grid { return try Self.grid(at: grid).requests(on: host) }
    if !profile.isEmpty {
      let profiles = try profile.map(ProfileOptions.load).joined
      let portablePlan = try PortablePlan(for: profiles, kernels: [host.rules.release])
      return (portablePlan.requests(on: host), [])
    }
    return (try ownTrials(on: host), [])
  }

  private static func grid(at path: String) throws -> Grid {
    do throws(ProfileError) {
      return try GridReader.grid(from: ProfileOptions.source(at: path, called: "grid"))
    } catch {
      throw UsageError(error)
    }
  }

  private func ownTrials(on host: Host) throws -> [MeasurementRequest] {
    let scenarios =
      try scenarios.isEmpty
      ? Scenario.allCases : scenarios.map { try Scenario(argument: $0) }
    try experiment.refuseWhatIsNot(of: scenarios)
    let outage = try outage.map { try CaseOptions.time($0, "--outage") }
    return try scenarios.flatMap { scenario in
      try families(of: scenario).flatMap { family in
        try self.experiment.all(of: scenario, in: host.snapshot, family)
      }.map {
        var experiment = $0
        scenario.definition.enable(&experiment.options)
        experiment.outage = outage
        return MeasurementRequest(.current, group: scenario.rawValue, experiment: experiment)
      }
    }
  }

  /// Those asked for; else both where they differ.
  private func families(of scenario: Scenario) -> [AddressFamily] {
    guard !experiment.isV4, !experiment.isV6 else { return experiment.families }
    return scenario.depends(on: .family) ? AddressFamily.allCases : [.v4]
  }
}

extension [Comparison] {
  /// 1 something outside, 2 nothing run, 0 all inside.
  fileprivate var exitCode: Int32 {
    if contains(where: \.status.isOutside) { return 1 }
    return allSatisfy(\.status.isNotRun) ? 2 : 0
  }
}

extension Grid.LeftOut {
  fileprivate var json: JSON {
    ["setting": .string(setting.description), "cases": .integer(experiments)]
  }
}
