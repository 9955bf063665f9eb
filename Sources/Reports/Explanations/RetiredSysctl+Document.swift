package import Advisor
package import TCPModel

extension RetiredSysctl {
  /// What became of it.
  package func document(
    as key: SysctlKey, in snapshot: SettingsSnapshot, standing: SysctlStanding? = nil
  ) -> Document {
    let reading = snapshot[key]
    let here = reading == .absent ? "" : "; \(snapshot.source) has \(reading.text)"
    return Document(
      [
        Document.Section("\(key): \(summary)\(here)", [.paragraph(RichText(note))])
      ] + (standing?.provenanceSections ?? []))
  }
}
