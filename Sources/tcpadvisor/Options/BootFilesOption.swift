import Advisor
import ArgumentParser
import Linux
import Probes
import SysctlFiles
import TCPModel

/// The files that a host boots with, for commands that judge it.
struct BootFilesOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Take what the next boot sets from the files of another tree, such as an image, with the defaults \
      of its kernel for the rest; with --from or --proc-root, which then give the live values, hold \
      these files against them.
      """, valueName: "dir"), completion: .directory)
  var root: String?

  /// What is judged: settings, and what sets them at boot as far as that is known.
  func judged(_ source: SettingsSource, for profiles: [Profile]) throws -> JudgedHost {
    guard let root else {
      return JudgedHost(
        host: try source.host(for: profiles), sequence: source.bootSequence, isLive: true)
    }
    guard source.namespace.netns == nil else {
      throw UsageError("--root names the files of a host, and --netns one of its namespaces")
    }
    let sequence = BootSequence(of: try ConfigurationTreeOption(root: root).settings)
    guard source.isThisHost else {
      return JudgedHost(
        host: try source.host(for: profiles), sequence: source.set.isEmpty ? sequence : nil,
        isLive: true)
    }
    let image = ImageKernel(below: root)
    let kernel = try source.kernel.first.map(SettingsSource.release) ?? image.release
    let snapshot = SettingsSnapshot(
      atBoot: sequence, source: root, of: kernel, tickRate: image.tickRate,
      remarks: source.kernel.isEmpty ? [image.remark].compactMap(\.self) : [],
      and: profiles.sysctlKeys)
    return JudgedHost(
      host: try source.host(from: snapshot), sequence: sequence, isLive: false)
  }

  /// The files beside what is judged; nil where none are known to decide.
  func bootFiles(of judged: JudgedHost, _ source: SettingsSource, for profiles: [Profile]) throws
    -> BootFiles?
  {
    guard let sequence = judged.sequence, source.device == nil else { return nil }
    let snapshot = judged.host.snapshot
    let keysThere = try keysThere(judged, source)
    let wanted = try KeySelection([], in: sequence, among: keysThere)
    let live = LiveSettings(
      judged.isLive
        ? try source.adding(wanted.keysToRead + [LiveSettings.keyOfFirstNamespace], to: snapshot)
        : snapshot, isRead: judged.isLive, prefix: source.namespace.shellPrefix)
    let kernel = snapshot.kernel ?? KernelRules.newestChecked
    let linter = Linter(
      for: [kernel], ignoring: profiles.flatMap(\.lintIgnores),
      on: LintHost(
        modules: BootModules.all(of: kernel, on: RootedFiles(root: root ?? "")),
        tickRate: snapshot.tickRate))
    return BootFiles(
      sequence, try wanted.standings(in: sequence, on: live), on: live, judgedBy: linter,
      areKnownToBoot: root != nil || !sequence.settings.loader.isAssumed,
      areOfOtherNamespace: source.namespace.netns != nil && live.isOtherNamespace)
  }
}

extension BootFilesOption {
  private func keysThere(_ judged: JudgedHost, _ source: SettingsSource) throws -> KeysThere {
    guard judged.isLive else { return .none }
    // What was captured is not read twice: standard input would be empty.
    return source.from == nil
      ? try source.keysThere(files: root) : .captured(judged.host.snapshot)
  }
}

/// A host as `check` judges it.
struct JudgedHost {
  let host: Host
  /// Nil for captures and what-ifs, which have no files.
  let sequence: BootSequence?
  /// Whether the values are what keys hold, and not what files give.
  let isLive: Bool
}

/// The kernel that an image boots, as its modules show it.
private struct ImageKernel {
  let release: KernelVersion
  let tickRate: TickRate?
  /// Where it is known from; nil if it is the one that runs.
  let remark: SettingsCapture.Remark?

  init(below root: String) {
    if root == "/", let own = try? SettingsReader(ProcFS()).snapshot(of: []).kernel {
      (release, tickRate, remark) = (own, SettingsReader.tickRate, nil)
      return
    }
    let files = RootedFiles(root: root)
    let releases = files.names(in: "/lib/modules").compactMap { KernelVersion($0) }
      .filter { KernelRules.objection(to: $0) == nil }
    tickRate = nil
    if let newest = releases.max() {
      (release, remark) = (newest, .kernelOfModules(files.shown("/lib/modules")))
    } else {
      release = KernelRules.newestChecked
      remark = .kernelAssumed(release)
    }
  }
}
