import Advisor
import ArgumentParser
import Linux
import Reports
import SysctlFiles
import TCPModel

/// Which file and line sets a key, and what the next boot gives.
struct Files: ConfinedCommand {
  static let configuration = CommandConfiguration(
    commandName: "files",
    abstract: "Report which file and line sets a sysctl, and what the next boot gives.",
    discussion: """
      Reads what systemd-sysctl and `sysctl --system` read, in their order, and what TuneD, ufw and \
      others set besides. Without a key: all that are set at boot, the worst first. Exit codes: 0, or \
      2 where a file that the boot reads could not be read.
      """)

  @Argument(
    help: "Keys or globs, with dots or slashes; the last part of a name will do.",
    completion: Completions.sysctls)
  var keys: [String] = []

  @Option(
    help: ArgumentHelp(
      "Read the files of another tree, such as an image; --from adds what was live there.",
      valueName: "dir"), completion: .directory)
  var root: String?

  @Flag(help: "Show everything, not only what needs attention.")
  var all = false

  @OptionGroup var source: SettingsSource
  @OptionGroup var output: OutputOptions

  var rights: Rights { source.namespace.rights }

  func runConfined() throws {
    try refuseWhatSaysNothing()
    let tree = try ConfigurationTreeOption(root: root)
    let sequence = BootSequence(of: tree.settings)
    let keysThere = try source.keysThere(files: root)
    let wanted = try KeySelection(keys, in: sequence, among: keysThere)
    let live = try source.live(wanted.keysToRead, keysThere, files: root)
    let standings = try wanted.standings(in: sequence, on: live)
    let report = StandingsReport(
      standings, of: sequence, on: live, isDetailed: !keys.isEmpty, isWhole: all)
    if output.json {
      Console.print(
        JSON.answer("files", about: live.isRead ? live.snapshot : nil, report.json).text)
    } else {
      output.print(report.document)
    }
    if !sequence.settings.unknown.isEmpty { throw ExitCode(2) }
  }

  private func refuseWhatSaysNothing() throws {
    guard source.set.isEmpty, source.device == nil else {
      throw UsageError("files looks at what is set: neither --set nor --device goes with it")
    }
    guard root != nil || source.isThisHost else {
      throw UsageError("--from and --proc-root need the files of the same host: --root DIR")
    }
    guard source.kernel.count <= 1 else { throw UsageError("files takes one --kernel at most") }
  }
}
