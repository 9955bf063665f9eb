package import TCPModel

extension RetiredSysctl {
  /// What became of it, for people.
  package func text(as key: SysctlKey, in snapshot: SettingsSnapshot, _ layout: TextLayout)
    -> String
  {
    let fate =
      switch fate {
      case .gone(let release): "removed in Linux \(release)"
      case .ineffective("ever"): "without effect"
      case .ineffective(let release): "without effect since Linux \(release)"
      }
    let reading = snapshot[key]
    let here = reading == .absent ? "" : "; \(snapshot.source) has \(reading.text)"
    return layout.fold("\(key): \(fate)\(here)", hanging: 2)
      + layout.fold("  \(note)", hanging: 2)
  }
}
