extension TextLayout {
  /// Names under a title, each with a line about it.
  package func list(_ title: String, _ names: [(name: String, summary: String)]) -> String {
    section(title, names.map { fold("  \($0.name): \($0.summary)", hanging: 6) }.joined())
  }
}
