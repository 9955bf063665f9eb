extension SysctlOwner {
  /// saptune applies the `[sysctl]` sections of the notes that are enabled.
  ///
  /// Source: saptune-note(5) and `/etc/sysconfig/saptune` of saptune 3.
  static let saptune = SysctlOwner("saptune") { reader in
    let configuration = reader.assignments(in: "/etc/sysconfig/saptune")
    let order = configuration.value(of: "NOTE_APPLY_ORDER") ?? ""
    let notes = order.split(separator: " ").map(String.init).filter { !$0.contains("/") }
    guard !notes.isEmpty else { return nil }
    var settings: [OwnedSetting] = []
    for note in notes { settings.replace(with: reader.settings(ofNote: note)) }
    return OwnerAct(
      because: "notes \(notes.joined(separator: " ")) are enabled", settings: settings,
      isAtBoot: reader.files.isEnabled("saptune"),
      remedy: "`saptune note customise NOTE` overrides a note's value")
  }
}

extension OwnerReader {
  /// What a note sets; a line without a value leaves the key alone. Sections for one release of the
  /// system alone are passed over.
  fileprivate mutating func settings(ofNote note: String) -> [OwnedSetting] {
    let places = [
      "/etc/saptune/extra/\(note).conf", "/var/lib/saptune/working/notes/\(note)",
      "/usr/share/saptune/notes/\(note)",
    ]
    guard let path = places.first(where: { files.exists($0) }) else { return [] }
    var assignments: [OwnedSetting] = []
    for place in [path, "/etc/saptune/override/\(note)"] {
      let shown = files.shown(place)
      assignments.replace(
        with: self.assignments(in: place).filter { $0.section == "sysctl" }.map {
          OwnedSetting($0.name, $0.value, in: shown, line: $0.line)
        })
    }
    return assignments.filter { $0.value?.isEmpty == false }
  }
}

extension [OwnedSetting] {
  /// Takes others in the place of those for the same keys.
  fileprivate mutating func replace(with later: [OwnedSetting]) {
    removeAll { old in later.contains { $0.pattern == old.pattern } }
    self += later
  }
}
