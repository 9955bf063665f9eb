import Advisor
import ArgumentParser
import InputFiles
import Linux
import Reports
import TCPModel

/// How many hosts stand, and what they have wrong in common.
struct FleetCommand: ConfinedCommand {
  static let configuration = CommandConfiguration(
    commandName: "fleet",
    abstract: "Judge the captures of many hosts at once: causes, plans, and who differs.",
    discussion: """
      Takes what `snapshot` has written or `sysctl -a` has printed: files, directories of them, and \
      streams with one JSON object a line; - is standard input. A capture that cannot be read is named \
      and counted, and the rest is judged. Exit codes: 0 nothing missed, 1 something missed, 2 could \
      not tell or wrong usage.
      """)

  @Argument(help: ArgumentHelp("Files, directories, or -.", valueName: "file"), completion: .file())
  var paths: [String]

  @OptionGroup var profiles: ProfileOptions
  @OptionGroup var output: ReportOptions

  @Option(
    help: ArgumentHelp("Rules that choose the profiles of each host.", valueName: "file"),
    completion: .file())
  var rules: String?

  @Option(
    help: ArgumentHelp(
      "Groups of hosts: a YAML map from names to hosts, or what `ansible-inventory --list` prints.",
      valueName: "file"), completion: .file())
  var groups: String?

  @Option(help: "Report what hosts that should be equal do not have alike: of what kind.")
  var by = FleetTally.Comparison.none

  @Option(
    help: ArgumentHelp(
      "Report what has changed since an earlier run, which --format jsonl has printed.",
      valueName: "file"), completion: .file())
  var since: String?

  @Option(
    help: ArgumentHelp(
      "The kernel of captures that do not name theirs.", valueName: "release"))
  var kernel: String?

  @Flag(
    inversion: .prefixedNo, help: "Judge the other network namespaces that snapshots tell of.")
  var namespaces = true

  @Flag(inversion: .prefixedNo, help: "Judge the connections that snapshots tell of.")
  var sockets = true

  @Option(
    help:
      "Where the name of a host is taken from; of files with one name it is that of their folder.")
  var names = FleetInputs.Naming.capture

  @Option(help: "Output format.")
  var format = FleetFormatOption(FleetReporters.all[0])

  var written: [String] { output.written }

  func runConfined() throws {
    try output.refuse(besides: format.reporter.name)
    let reporter: any FleetReporter.Type =
      output.json ? FleetJSON.self : output.markdown ? FleetMarkdown.self : format.reporter
    guard by != .group || groups != nil || rules != nil else {
      throw UsageError("--by group: no groups are known; name them with --groups or --rules")
    }
    let release = try kernel.map(SettingsSource.release)?.release
    let rules = try fleetRules()
    var tally = FleetTally(rules, comparing: by, since: try since.map(Self.history))
    let reader = HostCaptureReader(tally.keys)
    let inputs = FleetInputs(paths)
    let workers = try OrderedWorkers(
      ahead: 16,
      items: { [names] in
        inputs.next().map { $0.isLarge ? .outcome($0.outcome(reader, names)) : $0 }
      }, work: { [names] item in item.outcome(reader, names) })
    var unreadable = UnreadableCaptures()
    var report = reporter.init(output.layout)
    let fleet = Console.print(isPainted: reporter.isPainted) { sink in
      while let outcome = workers.take() {
        switch outcome {
        case .host(let capture):
          let known = release.map(capture.assuming) ?? capture
          let judged = known.without(namespaces: !namespaces, connections: !sockets)
          let row = tally.add(judged)
          if !output.isPagePrinted { report.add(row, to: sink) }
        case .failure(let source, let reason):
          unreadable.add(source, reason)
          tally.add(unreadable: source)
          if !output.isPagePrinted { report.add(unreadable: source, reason, to: sink) }
        }
      }
      let fleet = tally.fleet()
      if !output.isPagePrinted { report.end(fleet, unreadable, to: sink) }
      return fleet
    }
    try output.writePage(of: { [fleet.page(unreadable)] }, title: fleet.title)
    let code = fleet.exitCode(unreadable)
    if code != 0 { throw ExitCode(code) }
  }

  private func fleetRules() throws -> FleetRules {
    let usual = try profiles.profiles()
    do throws(ProfileError) {
      let groups = try groups.map { (path) throws(ProfileError) in
        try FleetRulesReader.groups(
          from: try ProfileOptions.source(at: path, called: "file of groups", limit: 256_000_000))
      }
      guard let rules else { return FleetRules([usual], groups: HostGroups(groups ?? [:])) }
      return try FleetRulesReader.rules(
        from: try ProfileOptions.source(at: rules, called: "file of rules"), otherwise: usual,
        groups ?? [:], loading: ProfileOptions.read)
    } catch {
      throw UsageError(error)
    }
  }

  private static func history(_ path: String) throws -> FleetHistory {
    do throws(ProfileError) {
      let source = try ProfileOptions.source(
        at: path, called: "earlier run", limit: 1_000_000_000)
      return try FleetHistory(decoding: source.bytes, file: source.file)
    } catch {
      throw UsageError(error)
    }
  }
}

extension FleetTally.Comparison: ExpressibleByArgument {}
extension FleetInputs.Naming: ExpressibleByArgument {}

/// A format of fleets by its name.
struct FleetFormatOption: ExpressibleByArgument {
  let reporter: any FleetReporter.Type

  init(_ reporter: any FleetReporter.Type) { self.reporter = reporter }

  init?(argument: String) {
    guard let reporter = FleetReporters.all.first(where: { $0.name == argument }) else {
      return nil
    }
    self.init(reporter)
  }

  var defaultValueDescription: String { reporter.name }
  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
  static var allValueStrings: [String] { FleetReporters.all.map { $0.name } }
}
