package import TCPModel

/// What became of a sysctl that kernels have no more, or ignore.
package struct RetiredSysctlText: Sendable {
  private let retired: RetiredSysctl
  private let key: SysctlKey
  private let snapshot: SettingsSnapshot
  private let style: Style

  package init(
    _ retired: RetiredSysctl, key: SysctlKey, in snapshot: SettingsSnapshot, style: Style
  ) {
    (self.retired, self.key, self.snapshot, self.style) = (retired, key, snapshot, style)
  }

  package var text: String {
    let fate =
      switch retired.fate {
      case .gone(let release): "removed in Linux \(release)"
      case .ineffective("ever"): "without effect"
      case .ineffective(let release): "without effect since Linux \(release)"
      }
    let reading = snapshot[key]
    let here = reading == .absent ? "" : "; \(snapshot.source) has \(reading.text)"
    return style.fold("\(key): \(fate)\(here)", hanging: 2)
      + style.fold("  \(retired.note)", hanging: 2)
  }
}
