/// Everything that can be explained, for people.
package struct TopicList: Sendable {
  package typealias Part = (title: String, names: [(name: String, summary: String)])

  private let parts: [Part]
  private let style: Style

  package init(_ parts: [Part], style: Style) { (self.parts, self.style) = (parts, style) }

  package var text: String {
    parts.map { part in
      let lines = part.names.map { style.fold("  \($0.name): \($0.summary)", hanging: 6) }
      return style.section(part.title, lines.joined())
    }.joined(separator: "\n")
  }
}
