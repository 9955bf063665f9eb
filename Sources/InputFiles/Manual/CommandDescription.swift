/// A command as its parser knows it.
package struct CommandDescription: Sendable {
  package struct Argument: Sendable {
    /// With their dashes, the short ones first; empty for what stands by itself.
    package let names: [String]
    /// What its value is called; nil for a flag.
    package let value: String?
    package let abstract: String
    /// What holds where it is left out; nil where nothing does, or the abstract says it.
    package let initial: String?
    /// The values there are; empty where these are not listed.
    package let values: [String]
    package let isRepeated, isOptional: Bool

    package init(
      names: [String], value: String?, abstract: String, initial: String?, values: [String],
      isRepeated: Bool, isOptional: Bool
    ) {
      (self.names, self.value, self.abstract) = (names, value, abstract)
      (self.initial, self.values) = (initial, values)
      (self.isRepeated, self.isOptional) = (isRepeated, isOptional)
    }
  }

  package let name, abstract: String
  package let discussion: String?
  package let arguments: [Argument]
  package let subcommands: [CommandDescription]

  package init(
    name: String, abstract: String, discussion: String?, arguments: [Argument],
    subcommands: [CommandDescription]
  ) {
    (self.name, self.abstract, self.discussion) = (name, abstract, discussion)
    (self.arguments, self.subcommands) = (arguments, subcommands)
  }
}
