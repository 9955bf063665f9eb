/// A word of a file of a program, and where it stands.
package struct ConfigurationWord: Hashable, Sendable {
  package let text: String
  package let place: LintPlace

  package init(text: String, place: LintPlace) { (self.text, self.place) = (text, place) }
}

/// What a file of a program says at one place: a directive with its arguments, or a name with its value.
struct ConfigurationStatement: Sendable {
  /// A socket option by its numbers, which are the kernel's.
  struct RawOption: Hashable, Sendable {
    let level, number: Int
  }

  /// Never empty.
  let words: [ConfigurationWord]
  /// The number of the section that it stands in, from 0 for what stands before the first.
  var section = 0
  /// The word that began the section; empty before the first.
  var sectionName = ""
  /// The names of what is around it, with a point behind each; empty where nothing nests.
  var path = ""
  /// The option that it sets, where it names none of the program's settings.
  var raw: RawOption?
}
