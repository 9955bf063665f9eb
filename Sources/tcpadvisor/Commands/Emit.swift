import Advisor
import ArgumentParser
import Reports
import Linux
import TCPModel

/// Only the snippet, ready to commit.
struct Emit: ParsableCommand {
  enum Target: String, CaseIterable, ExpressibleByArgument { case sysctl, sockets, c }

  static let configuration = CommandConfiguration(
    commandName: "emit",
    abstract: "Print what a profile needs, ready to commit.",
    discussion: """
      Targets: sysctl (a file for /etc/sysctl.d), sockets (what programs set, as a table), c (code). \
      The text depends on the profile, --kernel and the tool's version alone; with --undo the values \
      are read from this host or --from.
      """)

  @Argument(help: "sysctl, sockets or c.")
  var target: Target

  @OptionGroup var profiles: ProfileOptions
  @OptionGroup var source: SettingsSource
  @OptionGroup var output: OutputOptions

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp(
      "Write to a file, whole or not at all; - is standard output.", valueName: "file"))
  var file: String?

  @Flag(help: "The file that takes the drop-in back: the values of today.")
  var undo = false

  func run() throws {
    guard source.set.isEmpty, source.hz == nil else {
      throw UsageError("emit takes no --set and no --hz: its text holds on every host")
    }
    guard undo || source.isThisHost else {
      throw UsageError("emit reads no host without --undo: its text is the same everywhere")
    }
    guard !undo || target == .sysctl else { throw UsageError("--undo is for emit sysctl") }
    let portablePlan = try makeEmission()
    let text = try text(portablePlan)
    if let file, file != "-" { try Self.write(text, to: file) }
    if output.json {
      let part: JSON = [
        "target": .string(target.rawValue), "file_name": .string(portablePlan.fileName),
        "text": .string(text), "plan": portablePlan.plan.json,
      ]
      Console.print(JSON.answer("emit", about: nil, part).text)
    } else if file == nil || file == "-" {
      Console.print(text)
    }
    for contradiction in portablePlan.plan.contradictions {
      Console.error("cannot be met: \(contradiction.text)")
    }
  }

  private static func write(_ text: String, to file: String) throws {
    if file.isEmpty { throw UsageError("--output: a file name is needed; - is standard output") }
    do throws(SystemCallError) {
      try AtomicFile.write(Array(text.utf8), to: file)
    } catch {
      throw UsageError("cannot write \(file): \(error.code)")
    }
  }

  private func makeEmission() throws -> PortablePlan {
    let kernels = try source.kernel.map(SettingsSource.release)
    let profiles = try profiles.profiles()
    return try PortablePlan(
      for: profiles, kernels: kernels.isEmpty ? KernelRules.longTerm : kernels)
  }

  private func text(_ portablePlan: PortablePlan) throws -> String {
    switch target {
    case .sysctl where undo:
      var own = source
      own.kernel = []
      return UndoDropIn().text(for: portablePlan, valuesOf: try own.snapshot())
    case .sysctl: return SysctlDropIn().text(for: portablePlan)
    case .sockets: return SocketOptionTable().text(for: portablePlan)
    case .c: return SocketOptionCode().text(for: portablePlan)
    }
  }
}
