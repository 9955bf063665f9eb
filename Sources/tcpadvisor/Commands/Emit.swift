import Advisor
import ArgumentParser
import InputFiles
import Linux
import Reports
import TCPModel

/// Only the snippet, ready to commit.
struct Emit: ConfinedCommand {
  static let configuration = CommandConfiguration(
    commandName: "emit",
    abstract: "Print what a profile needs, ready to commit.",
    discussion: """
      --list lists the targets. The text depends on the profile, --kernel and the tool's version alone; with --undo \
      the values are read from this host or --from.

      Exit codes: 0 all that the profiles request is met by the plan, 1 something is not.
      """)

  @Argument(
    help: "Targets; --list lists them.", completion: .list(PlanEmitters.all.map(\.name)))
  var targets: [String] = []

  @Flag(help: "List the targets.")
  var list = false

  @OptionGroup var profiles: ProfileOptions
  @OptionGroup var source: SettingsSource
  @OptionGroup var output: OutputOptions
  @OptionGroup var destination: DestinationOption

  @Option(
    help: ArgumentHelp(
      "Write all files of all targets below a folder, which is made.", valueName: "folder"),
    completion: .directory)
  var outputDir: String?

  @Flag(
    help: "Write nothing: print how the files would change; a file that is not there is empty.")
  var diff = false

  @Flag(help: "The same, and exit with 1 if one would change.")
  var check = false

  @Flag(help: "Emit what restores the values of now, for targets of configuration management.")
  var undo = false

  var rights: Rights { source.namespace.rights }
  var written: [String] {
    check || diff ? [] : destination.written + (outputDir.map { [$0.isEmpty ? "." : $0] } ?? [])
  }

  func runConfined() throws {
    if list { return try printList() }
    let emitters = try emitters()
    let portablePlan = try portablePlan()
    let emissions = try emissions(of: emitters, for: portablePlan)
    let files = try files(of: emissions)
    if check || diff {
      let isChanged = try printDifferences(files)
      if check {
        if isChanged { throw ExitCode(1) }
        return
      }
    } else {
      try write(files)
      try print(emissions, portablePlan)
    }
    for contradiction in portablePlan.plan.contradictions {
      Console.error("cannot be met: \(contradiction.text)")
    }
    for text in portablePlan.plan.unsearchedTexts { Console.error(text) }
    for emission in emissions {
      for text in emission.remarks { Console.error("\(emission.target): \(text)") }
      for text in emission.unmet { Console.error("\(emission.target): not met: \(text)") }
    }
    let isUnmet = portablePlan.leavesSomethingMissed || emissions.contains { !$0.unmet.isEmpty }
    if !undo, isUnmet { throw ExitCode(1) }
  }

  private func emitters() throws -> [any PlanEmitter] {
    let emitters = try targets.map(Self.emitter)
    if emitters.isEmpty {
      throw UsageError(
        "a <target> is needed: \(PlanEmitters.all.map(\.name).joined(separator: ", "))")
    }
    guard source.set.isEmpty, source.hz == nil else {
      throw UsageError("emit takes no --set and no --hz: its text holds on every host")
    }
    guard undo || source.isThisHost else {
      throw UsageError("emit reads no host without --undo: its text is the same everywhere")
    }
    if undo, let other = emitters.first(where: { $0.group != .configurationManagement }) {
      let group = PlanEmitterGroup.configurationManagement.rawValue
      throw UsageError("--undo is for targets of \(group), and \(other.name) is none")
    }
    try DestinationOption.refuseStandardOutput(asFolder: outputDir)
    guard destination.output == nil || outputDir == nil else {
      throw UsageError("--output and --output-dir exclude each other")
    }
    guard !(check || diff) || outputDir != nil || destination.path != nil else {
      throw UsageError(
        "--\(check ? "check" : "diff") needs what it looks at: --output FILE or --output-dir FOLDER"
      )
    }
    return emitters
  }

  private static func emitter(_ name: String) throws -> any PlanEmitter {
    if let emitter = PlanEmitters[name] { return emitter }
    let near = NearestName.question(name, among: PlanEmitters.all.map(\.name))
    throw UsageError("no target '\(name)'\(near ?? "; --list lists them")")
  }

  private func emissions(of emitters: [any PlanEmitter], for plan: PortablePlan) throws
    -> [TargetEmission]
  {
    let plan = undo ? try undone(plan) : plan
    return emitters.map { TargetEmission(of: $0.name, $0.emission(of: plan)) }
  }

  private func files(of emissions: [TargetEmission]) throws -> [TargetFile] {
    let files = emissions.flatMap(\.files)
    if files.count > 1, outputDir == nil, !output.json {
      let names = emissions.map(\.target).joined(separator: " ")
      throw UsageError("\(names): \(files.count) files; --output-dir FOLDER takes them")
    }
    return files
  }

  private func path(of file: TargetFile) -> String? {
    outputDir.map { "\($0.isEmpty ? "." : $0)/\(file.file.name)" } ?? destination.path
  }

  /// - Returns: whether there are any.
  private func printDifferences(_ files: [TargetFile]) throws -> Bool {
    var isChanged = false
    for file in files {
      guard let path = path(of: file) else { continue }
      let difference = UnifiedDiff(
        of: path, from: try Self.present(path), to: Array(file.file.text.utf8)
      ).text
      Console.print(some: difference)
      isChanged = isChanged || !difference.isEmpty
    }
    return isChanged
  }

  /// Returns what a file holds; nothing where there is none.
  private static func present(_ path: String) throws -> [UInt8] {
    do throws(SystemCallError) {
      return try InputFile(path: path).bytes(limit: 1_000_000)
    } catch  where error.code == .noEntry {
      return []
    } catch {
      throw UsageError("cannot read \(path): \(error.code)")
    }
  }

  private func write(_ files: [TargetFile]) throws {
    for file in files {
      guard let path = path(of: file) else { continue }
      try DestinationOption.write(file.file.text, to: path, makingFolders: outputDir != nil)
    }
  }

  private func print(_ emissions: [TargetEmission], _ plan: PortablePlan) throws {
    if output.json {
      Console.print(JSON.answer("emit", about: nil, plan.json(of: emissions)).text)
    } else if outputDir == nil, destination.path == nil {
      for file in emissions.flatMap(\.files) { Console.print(file.file.text) }
    }
  }

  private func portablePlan() throws -> PortablePlan {
    let kernels = try source.kernel.map(SettingsSource.release)
    let (profiles, files) = try profiles.profilesWithFiles()
    return try PortablePlan(
      for: profiles, kernels: kernels.isEmpty ? KernelRules.longTerm : kernels,
      programs: ProfileReader.knownPrograms(), files: files)
  }

  private func undone(_ plan: PortablePlan) throws -> PortablePlan {
    var own = source
    own.kernel = []
    return plan.undone(to: try own.snapshots(and: plan.plan.sysctls.map(\.key))[0])
  }

  private func printList() throws {
    if output.json {
      let known = try ProfileReader.knownPrograms()
      let targets = JSON.array(PlanEmitters.all.map { $0.json(known) })
      Console.print(JSON.answer("emit --list", about: nil, ["targets": targets]).text)
    } else {
      output.print(PlanEmitters.all.document)
    }
  }
}
