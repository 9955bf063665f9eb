import Advisor
import ArgumentParser
import Linux
import Probes
import Reports
import SysctlFiles
import TCPModel

/// What is wrong with files that set sysctls.
struct Lint: ConfinedCommand {
  enum Least: String, CaseIterable, ExpressibleByArgument {
    case note, warning, error, never

    var severity: LintRule.Severity? { LintRule.Severity(rawValue: rawValue) }
  }

  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Find mistakes in files that set sysctls, and in files of programs.",
    discussion: """
      Without a path: the files that this host reads at boot. Of directories it takes sysctl files, \
      and Ansible, Kubernetes, Compose, NixOS, TuneD and shell files with sysctls in them, and files \
      of known programs that decide what is set on sockets, by their names: nginx.conf, haproxy.cfg, \
      postgresql.conf, sshd_config and others; - is standard input. A line `# tcpadvisor: ignore=TA012 reason` silences a rule on the line below it, or on its own; a \
      profile does in `lint: ignore:`. Exit codes: 0 nothing found, 1 something found, 2 could not \
      tell or wrong usage.
      """)

  @Argument(help: ArgumentHelp("Files or directories.", valueName: "path"), completion: .file())
  var paths: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "A kernel that the files are for, such as 5.15. (default: the running one)",
      valueName: "release"))
  var kernel: [String] = []

  @Option(
    help: ArgumentHelp(
      "Without a path: read the files below this directory instead.", valueName: "dir"),
    completion: .directory)
  var root: String?

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp(
      "Read the paths as files of this program, whatever they are called.", valueName: "program"),
    completion: .list(LintFormats.names))
  var kind: String?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "A release of a program that its files are for, such as haproxy=2.2.",
      valueName: "program=release"))
  var release: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("A profile whose `lint` silences rules.", valueName: "name|path"),
    completion: Completions.profiles)
  var profile: [String] = []

  @Option(
    help: ArgumentHelp("The least that makes the exit code 1.", valueName: "severity"))
  var failOn = Least.note

  @Option(help: "Output format.")
  var format = LintFormat.text

  @Flag(help: "List the rules; `explain TA012` tells all about one.")
  var rules = false

  @Flag(help: "Print what can be mended without a doubt as a unified diff, and nothing else.")
  var fix = false

  @Flag(help: "With --fix: write it to the files, each whole or not at all.")
  var write = false

  @OptionGroup var output: OutputOptions

  var written: [String] { write ? LintInputs.writable(of: paths) : [] }

  func runConfined() throws {
    if rules { return printRules() }
    try refuseWhatExcludesEachOther()
    guard root == nil || paths.isEmpty else { throw UsageError("--root takes no paths") }
    let kernels = try kernels()
    let ignores = try profile.map(ProfileOptions.load).flatMap(\.lintIgnores)
    guard kind == nil || !paths.isEmpty else { throw UsageError("--as needs a path") }
    let formats = try LintFormats(reading: kind)
    let releases = try formats.releases(release)
    var inputs = LintInputs(formats)
    if paths.isEmpty { try inputs.addHost(root: root) }
    for path in paths { inputs.add(path) }
    let isHere = paths.isEmpty && root == nil && kernel.isEmpty
    let host = LintHost(
      modules: paths.isEmpty
        ? BootModules.all(of: kernels[0], on: RootedFiles(root: root ?? "")) : nil,
      tickRate: isHere ? SettingsReader.tickRate : nil)
    let linter = Linter(for: kernels, ignoring: ignores, on: host, releases: releases)
    let mender = fix ? LintMender(linter, isWriting: write) : nil
    var found = LintFindings(by: linter)
    while let group = inputs.next() { found.add(try mender?.mended(group) ?? group) }
    if !fix || write {
      try print(LintReport(of: found, kernels: kernels, troubles: inputs.troubles))
    }
    let code = found.all.exitCode(failingOn: failOn.severity)
    if code != 0 { throw ExitCode(code) }
    if inputs.isIncomplete { throw ExitCode(2) }
  }

  private func refuseWhatExcludesEachOther() throws {
    guard fix || !write else { throw UsageError("--write goes with --fix") }
    try output.refuse(besides: format.name)
    guard !fix || write || format == .text && !output.json else {
      throw UsageError("--fix without --write prints a diff and no other format")
    }
  }

  /// Those that were named, or the running one.
  private func kernels() throws -> [KernelVersion] {
    if !kernel.isEmpty { return try kernel.map(SettingsSource.release) }
    let snapshot = try? SettingsReader(ProcFS()).snapshot(of: [])
    return [snapshot?.kernel ?? KernelRules.newestChecked]
  }

  private func print(_ report: LintReport) throws {
    switch output.json ? .json : format {
    case .text: Console.print(report.text(output.layout), isPainted: true)
    case .json: Console.print(JSON.answer("lint", about: nil, report.json).text)
    case .other(let format): Console.print(some: format.text(of: report.annotations))
    }
  }

  private func printRules() {
    guard output.json else { return output.print(LintRule.list) }
    let rules = JSON.array(LintRule.all.map(\.json))
    Console.print(JSON.answer("lint --rules", about: nil, ["rules": rules]).text)
  }
}

/// A format of findings in files by its name.
enum LintFormat: ExpressibleByArgument, Equatable {
  case text, json
  case other(any AnnotationFormat.Type)

  init?(argument: String) {
    switch argument {
    case "text": self = .text
    case "json": self = .json
    default:
      guard let format = AnnotationFormats[argument] else { return nil }
      self = .other(format)
    }
  }

  var name: String {
    switch self {
    case .text: "text"
    case .json: "json"
    case .other(let format): format.name
    }
  }

  static func == (one: Self, other: Self) -> Bool { one.name == other.name }

  var defaultValueDescription: String { "text" }
  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
  static var allValueStrings: [String] {
    ["text", "json"] + AnnotationFormats.all.map { $0.name }
  }
}
