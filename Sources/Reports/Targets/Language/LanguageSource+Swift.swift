/// Literals of Swift as its formatter wants them.
extension LanguageSource {
  /// The elements of a dictionary: no comma follows one that is alone.
  func swiftElements(_ elements: [String]) -> String {
    elements.joined(separator: ",\n") + (elements.count > 1 ? ",\n" : "\n")
  }

  /// An argument that is an array of options: a single row stands on the line of its name.
  func swiftArgument(
    _ name: String, _ options: [CodeGroup.Option], _ row: (CodeGroup.Option) -> String
  ) -> String {
    if options.count == 1, let only = options.first {
      return comments(only.reasons, indent: "      ")
        + "      \(name): [\(row(only))],  // \(only.note)\n"
    }
    let rows = rows(options, indent: "        ") { "\(row($0)),  // \($0.note)" }
    return "      \(name): [" + (rows.isEmpty ? "],\n" : "\n\(rows)      ],\n")
  }
}
