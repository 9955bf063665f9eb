/// A word of a file of a program, and where it stands.
struct ConfigurationWord: Hashable, Sendable {
  let text: String
  let place: LintPlace
}

/// What a file of a program says at one place: a directive with its arguments, or a name with its value.
struct ConfigurationStatement: Sendable {
  /// Never empty.
  let words: [ConfigurationWord]
  /// The number of the section that it stands in, from 0 for what stands before the first.
  let section: Int
  /// The word that began the section; empty before the first.
  let sectionName: String
}
