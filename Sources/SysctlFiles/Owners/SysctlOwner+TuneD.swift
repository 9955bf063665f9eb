extension SysctlOwner {
  /// TuneD sets what the `[sysctl]` sections of the active profile say, and then again what drop-ins
  /// say.
  ///
  /// Sources: plugin_sysctl.py, locator.py, loader.py and merger.py of TuneD 2.20 to 2.27, where
  /// `reapply_sysctl_exclude` came.
  static let tuned = SysctlOwner("TuneD") { reader in
    let names = (reader.text("/etc/tuned/active_profile") ?? "").words
    let later = (reader.text("/etc/tuned/post_loaded_profile") ?? "").words
    guard !names.isEmpty else { return nil }
    let main = reader.assignments(in: "/etc/tuned/tuned-main.conf")
    var profiles = TunedProfiles(directories: main.value(of: "profile_dirs"))
    for name in names + later { profiles.load(name, &reader) }
    return OwnerAct(
      because: "active profile \((names + later).joined(separator: " "))",
      settings: profiles.settings(&reader), isAtBoot: reader.files.isEnabled("tuned"),
      reappliesFiles: main.value(of: "reapply_sysctl")?.isNo != true,
      reappliesNot: main.value(of: "reapply_sysctl_exclude")?.listed ?? [],
      remedy: "set it in a profile of your own that includes the active one, or take it out there")
  }
}

/// The profiles of TuneD that are loaded one upon the other.
private struct TunedProfiles {
  /// The highest first.
  private let directories: [String]
  private var loaded: Set<String> = []
  /// Of each unit that sets sysctls.
  private var units: [String: [Line]] = [:]
  /// Those of all profiles, each in the place where it came first.
  private var variables: [(name: String, value: String)] = []

  /// What a unit says of a key, before variables are put in.
  private struct Line {
    let pattern: SysctlPattern
    let text, file: String
    let line: Int
  }

  init(directories: String?) {
    let named = directories?.listed
    // Those below `profiles` came with 2.23.
    self.directories =
      named.map { $0.reversed() }
      ?? ["/etc/tuned/profiles", "/etc/tuned", "/usr/lib/tuned/profiles", "/usr/lib/tuned"]
  }

  /// What is left of all units; of several that name a key, the last profile's value.
  func settings(_ reader: inout OwnerReader) -> [OwnedSetting] {
    let variables = TunedVariables(variables, &reader)
    return units.sorted { $0.key < $1.key }.flatMap(\.value).map { line in
      let text = variables.expanded(line.text)
      return OwnedSetting(
        line.pattern, text.plainValue, rule: text.plainValue == nil ? text : nil, in: line.file,
        line: line.line)
    }
  }

  /// Takes a profile on top of those it includes. A file is loaded once, so that one may include the
  /// one of its own name in a lower directory.
  mutating func load(_ name: String, _ reader: inout OwnerReader) {
    guard let path = path(of: name, reader), loaded.insert(path).inserted else { return }
    let assignments = reader.assignments(in: path)
    for included in assignments.value(of: "include", in: "main")?.listed ?? [] {
      load(included, &reader)
    }
    let shown = reader.files.shown(path)
    let directory = String(path.dropLast("/tuned.conf".count))
    for unit in assignments.sysctlUnits {
      let own = assignments.filter { $0.section == unit && $0.isSysctl }.map {
        Line(
          pattern: SysctlPattern(parsing: $0.name), text: $0.text(in: directory), file: shown,
          line: $0.line)
      }
      let isReplaced = assignments.value(of: "replace", in: unit)?.isYes == true
      let kept = isReplaced ? [] : units[unit] ?? []
      units[unit] = kept.filter { old in !own.contains { $0.pattern == old.pattern } } + own
    }
    for assignment in assignments where assignment.section == "variables" {
      let own = (name: assignment.name, value: assignment.text(in: directory))
      if let place = variables.firstIndex(where: { $0.name == own.name }) {
        variables[place] = own
      } else {
        variables.append(own)
      }
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

  /// The value, as a profile of this directory has it.
  fileprivate func text(in directory: String) -> String {
    value.split(separator: "${i:PROFILE_DIR}", omittingEmptySubsequences: false)
      .joined(separator: directory)
  }
}

extension String {
  /// Nil where the value depends on the machine, or on what is set already (`>`, `<`).
  fileprivate var plainValue: String? {
    contains("${") || hasPrefix(">") || hasPrefix("<")
      ? nil : hasPrefix("=") ? String(dropFirst()) : self
  }

  /// What stands between blanks.
  fileprivate var words: [String] { split { " \t\n".contains($0) }.map(String.init) }

  /// What stands between commas or semicolons, without blanks.
  fileprivate var listed: [String] {
    split { ",;".contains($0) }.map { $0.filter { !" \t".contains($0) } }
  }
}
