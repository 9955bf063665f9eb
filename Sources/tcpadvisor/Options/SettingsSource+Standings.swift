import Advisor
import Linux
import Probes
import SysctlFiles
import TCPModel

extension SettingsSource {
  /// What sets sysctls as this host boots; nil for captures and what-ifs, which have no files.
  var bootSequence: BootSequence? {
    guard isThisHost, set.isEmpty, kernel.isEmpty, hz == nil else { return nil }
    return BootSequence(of: SysctlDirectories().settings)
  }

  /// How keys stand against what sets them at boot; nothing where that is nil.
  /// - Parameter isLive: whether the snapshot is what keys hold, and not what files give.
  func standings(
    of keys: [SysctlKey], on snapshot: SettingsSnapshot, in sequence: BootSequence?,
    isLive: Bool = true
  ) -> [SysctlKey: SysctlStanding] {
    guard let sequence else { return [:] }
    let live = LiveSettings(snapshot, isRead: isLive, prefix: namespace.shellPrefix)
    return Dictionary(
      keys.map { ($0, SysctlStanding(sequence.provenance(of: $0), on: live)) }
    ) { $1 }
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
