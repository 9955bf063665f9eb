import TCPModel

extension LintRule {
  /// A name that is nearly the one of a setting.
  static let settingMisspelt = LintRule(
    "TA091", "setting-misspelt", .warning,
    why: "The setting that was meant stays as it is; programs stop, or leave the line out.",
    source: "the settings of the catalogue",
    remedy: "Write the name that was meant.",
    .file { file, _ in
      guard let program = file.program else { return [] }
      let names = SettingNames(of: program.format)
      return program.statements.compactMap { statement in
        names.slip(in: statement).map { word, meant in
          LintHit(
            "\(word.text.prefix(60)) is no setting that is known; \(meant) is near", at: word.place,
            key: word.text, remedy: "Write \(meant), if that was meant.")
        }
      }
    }
  )
}

/// The words by which the programs of a format are told.
private struct SettingNames {
  /// Those that begin a statement, under the empty name, and those behind a directive; by how they are
  /// compared.
  private var names: [String: [String: String]] = [:]
  private let others: Set<String>
  private let format: ConfigurationFormat

  init(of format: ConfigurationFormat) {
    self.format = format
    others = Set(format.others.map { format.plain($0) })
    for name in format.programs.flatMap(\.knobs).flatMap(\.names) {
      let parts = name.components(between: " … ")
      let words = parts.count == 2 ? parts : name.split(separator: " ").map(String.init)
      let directive = words.count == 2 ? format.plain(words[0]) : ""
      let last = words[words.count - 1]
      names[directive, default: [:]][format.plain(last)] = last
    }
  }

  /// Returns a word that is nearly a name, and the name.
  func slip(in statement: ConfigurationStatement) -> (ConfigurationWord, String)? {
    let words = statement.words.drop { $0.text == "no" }
    guard let first = words.first else { return nil }
    if let found = meant(first.text, among: names[""] ?? [:]) { return (first, found) }
    guard let behind = names[format.plain(first.text)] else { return nil }
    for word in words.dropFirst() {
      if let found = meant(word.text.prefix { $0 != "=" }, among: behind) { return (word, found) }
    }
    return nil
  }

  /// Nil for a name that is right, and for one that is far from all.
  private func meant(_ name: some StringProtocol, among known: [String: String]) -> String? {
    guard (5...100).contains(name.utf8.count) else { return nil }
    let written = format.plain(name)
    guard known[written] == nil, !others.contains(written) else { return nil }
    return NearestName.of(written, among: known.keys, limit: written.utf8.count < 8 ? 1 : 2)
      .flatMap { known[$0] }
  }
}
