extension SysctlOwner {
  /// TuneD sets what the `[sysctl]` sections of the active profile say, and then again what drop-ins
  /// say.
  ///
  /// Sources: plugin_sysctl.py, locator.py, loader.py and merger.py of TuneD 2.20 to 2.27.
  static let tuned = SysctlOwner("TuneD") { reader in
    let names = (reader.text("/etc/tuned/active_profile") ?? "").words
    let later = (reader.text("/etc/tuned/post_loaded_profile") ?? "").words
    guard !names.isEmpty else { return nil }
    let main = reader.assignments(in: "/etc/tuned/tuned-main.conf")
    var profiles = TunedProfiles(directories: main.value(of: "profile_dirs"))
    for name in names + later { profiles.load(name, &reader) }
    return OwnerAct(
      because: "active profile \((names + later).joined(separator: " "))",
      settings: profiles.settings, isAtBoot: reader.files.isEnabled("tuned"),
      reappliesFiles: main.value(of: "reapply_sysctl")?.isNo != true,
      remedy: "set it in a profile of your own that includes the active one, or take it out there")
  }
}

/// The profiles of TuneD that are loaded one upon the other.
private struct TunedProfiles {
  /// The highest first.
  private let directories: [String]
  private var loaded: Set<String> = []
  /// Of each unit that sets sysctls.
  private var units: [String: [OwnedSetting]] = [:]

  init(directories: String?) {
    let named = directories?.split(separator: ",").map { $0.filter { $0 != " " } }
    // Those below `profiles` came with 2.23.
    self.directories =
      named.map { $0.reversed() }
      ?? ["/etc/tuned/profiles", "/etc/tuned", "/usr/lib/tuned/profiles", "/usr/lib/tuned"]
  }

  /// What is left of all units; of several that name a key, the last profile's value.
  var settings: [OwnedSetting] { units.sorted { $0.key < $1.key }.flatMap(\.value) }

  /// Takes a profile on top of those it includes. A file is loaded once, so that one may include the
  /// one of its own name in a lower directory.
  mutating func load(_ name: String, _ reader: inout OwnerReader) {
    guard let path = path(of: name, reader), loaded.insert(path).inserted else { return }
    let assignments = reader.assignments(in: path)
    for included in assignments.value(of: "include", in: "main")?.listed ?? [] {
      load(included, &reader)
    }
    let shown = reader.files.shown(path)
    for unit in assignments.sysctlUnits {
      let own = assignments.filter { $0.section == unit && $0.isSysctl }.map {
        OwnedSetting(
          $0.name, $0.plainValue, rule: $0.plainValue == nil ? $0.value : nil, in: shown,
          line: $0.line)
      }
      let isReplaced = assignments.value(of: "replace", in: unit)?.isYes == true
      let kept = isReplaced ? [] : units[unit] ?? []
      units[unit] = kept.filter { old in !own.contains { $0.pattern == old.pattern } } + own
    }
  }

  private func path(of name: String, _ reader: OwnerReader) -> String? {
    guard !name.isEmpty, !name.contains("/") else { return nil }
    return directories.map { "\($0)/\(name)/tuned.conf" }
      .first { !loaded.contains($0) && reader.files.exists($0) }
  }
}

extension [SectionedText.Assignment] {
  /// The sections that the sysctl plug-in is for: those of its name or its type, unless off.
  fileprivate var sysctlUnits: [String] {
    Set(map(\.section)).filter { section in
      value(of: "type", in: section) ?? section == "sysctl"
        && value(of: "enabled", in: section)?.isNo != true
    }.sorted()
  }
}

extension SectionedText.Assignment {
  /// Whether it is no option of the unit itself.
  fileprivate var isSysctl: Bool { name.contains(".") || name.contains("/") }

  /// Nil where the value depends on variables, or on what is set already (`>`, `<`).
  fileprivate var plainValue: String? {
    value.contains("${") || value.hasPrefix(">") || value.hasPrefix("<")
      ? nil : value.hasPrefix("=") ? String(value.dropFirst()) : value
  }
}

extension String {
  /// What stands between blanks.
  fileprivate var words: [String] { split { " \t\n".contains($0) }.map(String.init) }

  /// What stands between commas or semicolons, without blanks.
  fileprivate var listed: [String] {
    split { ",;".contains($0) }.map { $0.filter { !" \t".contains($0) } }
  }
}
