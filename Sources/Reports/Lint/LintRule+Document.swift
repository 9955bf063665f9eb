package import Advisor
import TCPModel

extension LintRule {
  /// All there is to say about it.
  package var document: Document {
    let definitions = [
      Document.Definition("severity", RichText(severity.rawValue)),
      Document.Definition("why", RichText(why)),
      since.map { Document.Definition("since", RichText("Linux \($0)")) },
      Document.Definition("remedy", RichText(remedy)),
      Document.Definition(
        "--fix", RichText(isFixable ? "mends it" : "leaves it to you")),
      Document.Definition("source", RichText(source)),
      Document.Definition(
        "to silence it", "write `# \(LintSilence.mark)\(id) reason` on the line or above it"),
    ].compactMap(\.self)
    return Document([Document.Section("\(id): \(summary)", [.definitions(definitions)])])
  }

  /// A line for each rule.
  package static var list: Document {
    Document(
      .table(Document.Table(all.map { [$0.id, $0.severity.rawValue, $0.slug, $0.why] })))
  }
}
