import Advisor
import ArgumentParser
import Linux
import Reports
import TCPModel

/// Only the snippet, ready to commit.
struct Emit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "emit",
    abstract: "Print what a profile needs, ready to commit.",
    discussion: """
      \(targets) The text depends on the profile, --kernel and the tool's version alone; with --undo \
      the values are read from this host or --from.

      Exit codes: 0 all that the profiles request is met by the plan, 1 something is not.
      """)

  private static let targets =
    "Targets: "
    + PlanEmitters.all.map { "\($0.name): \($0.summary)" }.joined(separator: " ")

  @Argument(
    help: "A target; --list lists them.", completion: .list(PlanEmitters.all.map(\.name)))
  var target: EmitTarget?

  @Flag(help: "List the targets.")
  var list = false

  @OptionGroup var profiles: ProfileOptions
  @OptionGroup var source: SettingsSource
  @OptionGroup var output: OutputOptions

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp(
      "Write to a file, whole or not at all. (default: -, standard output)", valueName: "file"))
  var file: String?

  @Flag(
    help:
      "Write nothing: print how the file of --output differs from what it would be; 1 if it does.")
  var check = false

  @Flag(help: "Emit a drop-in that restores the current values.")
  var undo = false

  func run() throws {
    if list { return printList() }
    guard let emitter = target?.emitter else {
      throw UsageError(
        "a <target> is needed: \(PlanEmitters.all.map(\.name).joined(separator: ", "))")
    }
    guard source.set.isEmpty, source.hz == nil else {
      throw UsageError("emit takes no --set and no --hz: its text holds on every host")
    }
    guard undo || source.isThisHost else {
      throw UsageError("emit reads no host without --undo: its text is the same everywhere")
    }
    guard !undo || emitter is SysctlDropIn else { throw UsageError("--undo is for emit sysctl") }
    guard !check || !["", "-"].contains(file ?? "-") else {
      throw UsageError("--check needs the file that it looks at: --output FILE")
    }
    let portablePlan = try portablePlan()
    let emitted = undo ? try undoFile(portablePlan) : emitter.files(for: portablePlan)[0]
    let text = emitted.text
    if check, let file { return try Self.compare(file, with: text) }
    if let file, file != "-" { try Self.write(text, to: file) }
    if output.json {
      let part: JSON = [
        "target": .string(emitter.name), "file_name": .string(emitted.name),
        "text": .string(text), "plan": portablePlan.plan.json,
        "kernels": .array(portablePlan.kernels.map(\.json)),
      ]
      Console.print(JSON.answer("emit", about: nil, part).text)
    } else if file == nil || file == "-" {
      Console.print(text)
    }
    for contradiction in portablePlan.plan.contradictions {
      Console.error("cannot be met: \(contradiction.text)")
    }
    for text in portablePlan.plan.unsearchedTexts { Console.error(text) }
    if !undo, portablePlan.leavesSomethingMissed { throw ExitCode(1) }
  }

  /// Ends with 1 where a file is not what it would be if it were written now.
  private static func compare(_ file: String, with text: String) throws {
    let bytes: [UInt8]
    do throws(SystemCallError) {
      bytes = try InputFile(path: file).bytes(limit: 1_000_000)
    } catch {
      throw UsageError("cannot read \(file): \(error.code)")
    }
    let difference = UnifiedDiff(of: file, from: bytes, to: Array(text.utf8)).text
    Console.print(some: difference)
    if !difference.isEmpty { throw ExitCode(1) }
  }

  private static func write(_ text: String, to file: String) throws {
    if file.isEmpty { throw UsageError("--output: a file name is needed; - is standard output") }
    do throws(SystemCallError) {
      try AtomicFile.write(Array(text.utf8), to: file)
    } catch {
      throw UsageError("cannot write \(file): \(error.code)")
    }
  }

  private func portablePlan() throws -> PortablePlan {
    let kernels = try source.kernel.map(SettingsSource.release)
    let profiles = try profiles.profiles()
    return try PortablePlan(
      for: profiles, kernels: kernels.isEmpty ? KernelRules.longTerm : kernels)
  }

  private func undoFile(_ plan: PortablePlan) throws -> EmittedFile {
    var own = source
    own.kernel = []
    return EmittedFile(
      plan.fileName,
      UndoDropIn().text(
        for: plan, valuesOf: try own.snapshots(and: plan.plan.sysctls.map(\.key))[0]))
  }

  private func printList() {
    if output.json {
      let targets = JSON.array(PlanEmitters.all.map(\.json))
      Console.print(JSON.answer("emit --list", about: nil, ["targets": targets]).text)
    } else {
      let rows = PlanEmitters.all.map { [$0.name, $0.part.rawValue, $0.summary] }
      output.print(Document(.table(Document.Table(rows))))
    }
  }
}

/// A target by its name.
struct EmitTarget: ExpressibleByArgument {
  let emitter: any PlanEmitter

  init?(argument: String) {
    guard let emitter = PlanEmitters[argument] else { return nil }
    self.emitter = emitter
  }

  static var allValueStrings: [String] { PlanEmitters.all.map(\.name) }
  var defaultValueDescription: String { emitter.name }
}
