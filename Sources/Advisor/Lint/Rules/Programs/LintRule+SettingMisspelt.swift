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
            "\(word.text.prefix { $0 != "=" }.prefix(60)) is no setting that is known; \(meant) is near",
            at: word.place,
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
      // Where names nest, a part of one stands alone.
      if format.syntax.nests, let end = name.split(separator: ".").last {
        names["", default: [:]][format.plain(end)] = String(end)
      }
    }
  }

  /// Returns a word that is nearly a name, and the name.
  func slip(in statement: ConfigurationStatement) -> (ConfigurationWord, String)? {
    let words = statement.words.drop { $0.text == "no" }
    guard let first = words.first, statement.raw == nil else { return nil }
    if format.syntax == .urls { return slip(among: names[""] ?? [:], in: words.dropFirst()) }
    if let found = meant(first.text, among: names[""] ?? [:]) { return (first, found) }
    return names[format.plain(first.text)].flatMap { slip(among: $0, in: words.dropFirst()) }
  }

  /// Of several words the first that is nearly a name.
  private func slip(
    among known: [String: String], in words: ArraySlice<ConfigurationWord>
  ) -> (ConfigurationWord, String)? {
    words.lazy.compactMap { word in
      meant(word.text.prefix { $0 != "=" }, among: known).map { (word, $0) }
    }.first
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
