import Advisor
import ArgumentParser
import Linux
import Probes
import Reports
import SysctlFiles
import TCPModel

/// Which file and line sets a key, and what the next boot gives.
struct Files: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "files",
    abstract: "Report which file and line sets a sysctl, and what the next boot gives.",
    discussion: """
      Reads what systemd-sysctl and `sysctl --system` read, in their order, and what TuneD, ufw and \
      others set besides. Without a key: all that are set at boot, the worst first. Exit codes: 0, or \
      2 where a file that the boot reads could not be read.
      """)

  @Argument(help: "Keys or globs, with dots or slashes; the last part of a name will do.")
  var keys: [String] = []

  @Option(
    help: ArgumentHelp(
      "Read the files of another tree, such as an image; --from adds what was live there.",
      valueName: "dir"))
  var root: String?

  @Flag(help: "Show everything, not only what needs attention.")
  var all = false

  @OptionGroup var source: SettingsSource
  @OptionGroup var output: OutputOptions

  func run() throws {
    try refuseWhatSaysNothing()
    let tree = try ConfigurationTreeOption(root: root)
    let sequence = BootSequence(of: tree.settings)
    let keysThere = try source.keysThere(files: root)
    let wanted = try KeySelection(keys, in: sequence, among: keysThere)
    let live = try source.live(wanted.keys, keysThere, files: root)
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

/// The files of this host, or of the tree that --root names.
struct ConfigurationTreeOption {
  let settings: BootSettings

  init(root: String?) throws {
    guard let root, root != "/" else {
      settings = SysctlDirectories().settings
      return
    }
    guard RootedFiles.isDirectory(root) else {
      throw UsageError("--root \(root): no directory, or not one that this user may enter")
    }
    settings =
      SysctlDirectories(root: root.hasSuffix("/") ? String(root.dropLast()) : root).settings
  }
}

/// The keys that are there to be read.
enum KeysThere {
  case below(ProcFS)
  case captured(SettingsSnapshot)
  /// Nothing is read: the files are of another tree.
  case none

  func matching(_ glob: SysctlGlob) -> [SysctlKey] {
    switch self {
    case .below(let procFS):
      glob.keys { directory in
        (try? procFS.list(directory.isEmpty ? "sys" : "sys/\(directory)")) ?? []
      }
    case .captured(let snapshot): snapshot.readings.keys.filter { glob.matches($0) }
    case .none: []
    }
  }
}

extension SettingsSource {
  /// Where keys are read; from then on in the namespace that was named.
  func keysThere(files root: String?) throws -> KeysThere {
    if from != nil { return .captured(try snapshot()) }
    if let procRoot { return .below(ProcFS(root: procRoot)) }
    guard root == nil || root == "/" || namespace.netns != nil else { return .none }
    try namespace.enter()
    return .below(ProcFS())
  }

  /// What keys hold there.
  func live(_ keys: [SysctlKey], _ keysThere: KeysThere, files root: String?) throws
    -> LiveSettings
  {
    switch keysThere {
    case .captured(let snapshot): return LiveSettings(snapshot)
    case .below:
      let snapshot = try snapshots(of: [], and: keys + [LiveSettings.keyOfFirstNamespace])[0]
      return LiveSettings(snapshot, prefix: namespace.shellPrefix)
    case .none:
      let kernel = try kernel.first.map(Self.release)
      return LiveSettings(
        SettingsSnapshot(source: root ?? "", kernel: kernel, tickRate: nil, readings: [:]),
        isRead: false)
    }
  }
}
