import Advisor
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
