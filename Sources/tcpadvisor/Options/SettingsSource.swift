import Advisor
import ArgumentParser
import Linux
import Probes
import TCPModel

/// Where the settings come from, and what is to be different about them.
struct SettingsSource: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Read another /proc, such as a captured tree. (default: /proc)", valueName: "dir"),
    completion: .directory)
  var procRoot: String?

  @Option(
    help: ArgumentHelp(
      "Read `sysctl -a` text, sysctl files or a snapshot from a file; - is standard input.",
      valueName: "file"), completion: .file())
  var from: String?

  @OptionGroup var namespace: NamespaceOption

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("Override a sysctl (what-if).", valueName: "key=value"),
    completion: Completions.sysctls)
  var set: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("Apply the rules of another kernel, such as 6.1.", valueName: "release"))
  var kernel: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Timer ticks per second of that kernel (CONFIG_HZ).", valueName: "n"))
  var hz: Int?

  @Option(
    help: ArgumentHelp(
      "The device whose neighbour settings count. (default: what all devices begin with; in a"
        + " container, what its devices have)", valueName: "name"))
  var device: String?

  /// Whether it is this host, as it is.
  var isThisHost: Bool { procRoot == nil && from == nil }

  /// Whether it is taken as it is found.
  var isUnchanged: Bool { self.set.isEmpty && kernel.isEmpty && hz == nil && device == nil }

  /// The settings; with several kernels named, those of the first.
  func snapshot() throws -> SettingsSnapshot { try snapshots()[0] }

  /// The settings under each kernel that was named, or as they are.
  /// - Parameters:
  ///   - needed: the sysctls to read of a host; nil is all. Those of --set are read too.
  ///   - others: keys to read besides that the catalogue does not list, as devices have them.
  func snapshots(of needed: [SysctlKey]? = nil, and others: [SysctlKey] = []) throws
    -> [SettingsSnapshot]
  {
    let changed = try set.map { try Self.assignment($0).0 }
    let keys = needed.map { Set($0 + changed + KernelRules.telltales) }
    return try snapshots(from: try read(keys, and: others))
  }

  /// What was read, as it is to be judged.
  private func snapshots(from read: SettingsSnapshot) throws -> [SettingsSnapshot] {
    var snapshot = read
    snapshot.namedDevice = device
    try checkDevice(in: snapshot)
    let releases = try kernel.map(Self.release)
    let moved = releases.isEmpty ? [snapshot.assumingDefaults()] : releases.map(snapshot.moved)
    let tickRate = try tickRate()
    return try moved.map { snapshot in
      var ticking = snapshot
      if let tickRate { ticking.tickRate = tickRate }
      return try applying(ticking)
    }
  }

  /// The tick of every kernel that is named; nil where it is not said.
  private func tickRate() throws -> TickRate? {
    try hz.map { hz in
      // CONFIG_HZ: 24 is the least (arch/mips/Kconfig), 1200 the most (arch/alpha/Kconfig).
      guard (24...1200).contains(hz), let tickRate = TickRate(hertz: hz) else {
        throw UsageError("--hz \(hz): kernels are built with 24 to 1200 ticks per second")
      }
      return tickRate
    }
  }

  /// A host that can be simulated: settings and the rules of its kernel.
  /// - Parameter profiles: which may name keys that the catalogue does not list.
  func host(for profiles: [Profile] = []) throws -> Host {
    guard kernel.count <= 1 else {
      throw UsageError("one --kernel at most here; explain and emit take several")
    }
    return try Host(try snapshots(and: profiles.sysctlKeys)[0])
  }

  /// The same of settings that were not read but worked out.
  func host(from snapshot: SettingsSnapshot) throws -> Host {
    guard kernel.count <= 1 else { throw UsageError("one --kernel at most here") }
    return try Host(try snapshots(from: snapshot)[0])
  }

  /// Returns the same with what other keys hold.
  func adding(_ keys: [SysctlKey], to snapshot: SettingsSnapshot) throws -> SettingsSnapshot {
    let missing = keys.filter { snapshot.readings[$0] == nil }
    guard from == nil, !missing.isEmpty else { return snapshot }
    var whole = snapshot
    let others = try Self.readings(
      of: procRoot.map { ProcFS(root: $0) } ?? ProcFS(), [], and: missing)
    whole.readings.merge(others.readings) { own, _ in own }
    return whole
  }

  static func release(_ name: String) throws -> KernelVersion {
    guard let release = KernelVersion(name) else {
      throw UsageError("--kernel \(name) is not a release; write 6.1 or 5.15.0-91-generic")
    }
    if let objection = KernelRules.objection(to: release) {
      throw UsageError("--kernel \(name): \(objection)")
    }
    return release
  }

  private func read(_ keys: Set<SysctlKey>?, and others: [SysctlKey]) throws -> SettingsSnapshot {
    guard isThisHost || namespace.netns == nil else {
      throw UsageError("--netns goes with neither --from nor --proc-root")
    }
    try namespace.enter()
    if let from {
      guard procRoot == nil else { throw UsageError("--from and --proc-root exclude each other") }
      return try CapturedSettings.snapshot(from)
    }
    let own = device.map { device in Scenario.neighbourSysctls.map { $0.ofDevice(device) } } ?? []
    return try Self.readings(
      of: procRoot.map { ProcFS(root: $0) } ?? ProcFS(), keys, and: others + own)
  }

  /// - Parameter keys: nil is all.
  static func readings(of procFS: ProcFS, _ keys: Set<SysctlKey>?, and others: [SysctlKey] = [])
    throws -> SettingsSnapshot
  {
    let sysctls = SysctlCatalog.all.filter { keys?.contains($0.key) != false }
    do throws(SystemCallError) {
      let reader = SettingsReader(procFS)
      var snapshot = try reader.snapshot(of: sysctls, and: others)
      try reader.addDevices(to: &snapshot)
      return snapshot
    } catch {
      throw UsageError(
        "cannot read settings below \(procFS.root): \(error); it must hold sys/net/ipv4 as /proc"
          + " does, or use --from with what was captured")
    }
  }

  private func checkDevice(in snapshot: SettingsSnapshot) throws {
    guard let device else { return }
    let isKnown = snapshot.readings.contains { $0.key.device == device && $0.value != .absent }
    if !isKnown {
      throw UsageError("--device \(device): \(snapshot.source) has no neighbour settings of it")
    }
  }

  private func applying(_ snapshot: SettingsSnapshot) throws -> SettingsSnapshot {
    var changed = snapshot
    for assignment in set {
      let (key, value) = try Self.assignment(assignment)
      if changed[key] == .absent, changed.tellsAbsence {
        throw UsageError(Self.absence(of: key, in: snapshot))
      }
      changed[key] = SysctlReading(
        parsing: value, for: SysctlCatalog.definition(of: key))
      changed.assumed.remove(key)
    }
    try checkThatAssignmentsCount(in: changed)
    return changed
  }

  /// A neighbour setting that another one overrules would be set for nothing.
  private func checkThatAssignmentsCount(in changed: SettingsSnapshot) throws {
    let deciding = changed.decidingAboutNeighbours()
    for key in try set.map({ try Self.assignment($0).0 }) {
      let shared = key.sharedByDevices ?? key
      guard Scenario.neighbourSysctls.contains(shared), deciding[shared] != changed[key] else {
        continue
      }
      throw UsageError("--set \(key): \(deciding.decidingKey(shared)) decides here")
    }
  }

  private static func absence(of key: SysctlKey, in snapshot: SettingsSnapshot) -> String {
    if let shared = key.sharedByDevices, let device = key.device, snapshot[shared] != .absent {
      return "--set \(key): \(shared) decides here; --device \(device) takes what the device has"
    }
    if let family = key.family, SysctlCatalog[key]?.since == nil {
      let device = snapshot.neighbourDevices(family).first
      let other = device.map { "; there is \(key.ofDevice($0))" } ?? ""
      return "--set \(key): not in \(snapshot.source)\(other)"
    }
    let kernel = snapshot.kernel.map { "Linux \($0)" } ?? snapshot.source
    let since = SysctlCatalog[key]?.since.map { "; it came with Linux \($0)" } ?? ""
    return "--set \(key): \(kernel) has no such key\(since)"
  }

  /// `tcp_syn_retries=3` or with the whole key; the value within what the kernel accepts.
  private static func assignment(_ text: String) throws -> (SysctlKey, String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      throw UsageError("--set \(text): KEY=VALUE is needed, such as tcp_syn_retries=3")
    }
    let sysctl = try self.sysctl(named: String(parts[0]))
    let value = String(parts[1])
    if let objection = sysctl.objection(to: value) {
      throw UsageError("--set \(sysctl.key)=\(value): \(objection)")
    }
    return (sysctl.key, value)
  }

  /// The sysctl of a whole key, or of its last part where that says which one is meant.
  private static func sysctl(named name: String) throws -> Sysctl {
    if let own = SysctlCatalog.ofDevice(SysctlKey(parsing: name)) { return own }
    let found = SysctlCatalog.sysctls(named: name)
    if found.count == 1, let sysctl = found.first { return sysctl }
    throw UsageError("--set \(name): \(objection(to: name))")
  }

  /// Why nothing can be set under a name that is not the one of a sysctl in the catalogue.
  private static func objection(to name: String) -> String {
    switch try? ExplainTopic(named: name) {
    case .sysctls(let sysctls):
      let keys = sysctls.map(\.key)
      return
        "it is the end of several keys; name one: \(keys.map(\.rawValue).joined(separator: ", "))"
    case .option(let option):
      return option.option == nil
        ? "it is a socket option that decides no scenario; see `explain \(option.name)`"
        : "it is a socket option; those are set with --option \(option.name)"
    case .retired: return "it was removed or has no effect; see `explain \(name)`"
    case .scenario, .outcome, .rule, .other, nil:
      let near = ExplainTopic.nearestSysctl(to: name).map { "did you mean \($0)?" }
      return "unknown key; \(near ?? "explain --list shows all there are")"
    }
  }
}

extension SettingsSnapshot {
  /// Whether a key that is not there does not exist; a part of a capture says nothing of it.
  fileprivate var tellsAbsence: Bool { capture == nil || isWhole || kernel != nil }
}
