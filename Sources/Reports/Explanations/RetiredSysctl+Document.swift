package import TCPModel

extension RetiredSysctl {
  /// What became of it.
  package func document(as key: SysctlKey, in snapshot: SettingsSnapshot) -> Document {
    let fate =
      switch fate {
      case .gone(let release): "removed in Linux \(release)"
      case .ineffective("ever"): "without effect"
      case .ineffective(let release): "without effect since Linux \(release)"
      }
    let reading = snapshot[key]
    let here = reading == .absent ? "" : "; \(snapshot.source) has \(reading.text)"
    return Document([
      Document.Section("\(key): \(fate)\(here)", [.paragraph(RichText(note))])
    ])
  }
}
