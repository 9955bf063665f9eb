package import Advisor

/// A fleet for pull requests and wikis.
package struct FleetMarkdown: FleetReporter {
  package static let name = "markdown"
  package static let isPainted = true

  package init(_ layout: TextLayout) {}

  package func end(
    _ fleet: Fleet, _ unreadable: UnreadableCaptures, to sink: (String) -> Void
  ) {
    sink(MarkdownText(fleet.document(unreadable)).text)
  }
}
