import Advisor
import Linux
import Probes
import SysctlFiles
import TCPModel

extension SettingsSource {
  /// How keys stand against the files of this host; nothing of captures and what-ifs, which have none.
  func standings(of keys: [SysctlKey], on snapshot: SettingsSnapshot) -> [SysctlKey: SysctlStanding]
  {
    guard isThisHost, set.isEmpty, kernel.isEmpty, hz == nil, !keys.isEmpty else { return [:] }
    let sequence = BootSequence(of: SysctlDirectories().settings)
    let live = LiveSettings(snapshot, prefix: namespace.shellPrefix)
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
