/// A document as one HTML file that needs no other, no network, and no script to be read.
package struct HTMLPage {
  private let documents: [Document]
  private let title: String

  /// - Parameters:
  ///   - documents: one below the other.
  ///   - title: heads the page where no document has a title of its own.
  package init(_ documents: [Document], title: String) {
    (self.documents, self.title) = (documents, title)
  }

  package init(_ document: Document, title: String) { self.init([document], title: title) }

  package var text: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="generator" content="\(Tool.name) \(Tool.version)">
    <title>\(HTMLText.escaped(heading.plain))</title>
    <style>\(PageStyle.text)</style>
    </head>
    <body>
    <main>
    <h1>\(HTMLText.inline(heading))</h1>
    \(contents)\(body)</main>
    <footer><p>\(Tool.name) \(Tool.version)</p></footer>
    <script>\(PageScript.text)</script>
    </body>
    </html>

    """
  }

  /// Nothing is loaded, and no script runs but the one below: names that others chose are no code.
  private static let policy =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-\(PageScript.digest)'; "
    + "base-uri 'none'; form-action 'none'"

  private var sections: [Document.Section] { documents.flatMap(\.sections) }

  private var heading: RichText {
    sections.first { $0.level == .title }?.heading ?? RichText(title)
  }

  private static let fewSections = 3

  /// Links to the sections, where there are many.
  private var contents: String {
    let entries = sections.enumerated().compactMap { index, section -> String? in
      guard section.level == .section, let heading = section.heading else { return nil }
      return "<li><a href=\"#s\(index)\">\(HTMLText.escaped(heading.plain))</a></li>"
    }
    guard entries.count > Self.fewSections else { return "" }
    return "<nav aria-label=\"Contents\"><ul>\(entries.joined())</ul></nav>\n"
  }

  private var body: String {
    var hasTitle = false
    return sections.enumerated().map { index, section in
      let blocks = section.blocks.filter { !$0.isEmpty }.map(HTMLBlock.text).joined()
      guard let heading = section.heading else { return "<section>\n\(blocks)</section>\n" }
      if section.level == .title, !hasTitle {
        hasTitle = true
        return "<section>\n\(blocks)</section>\n"
      }
      return """
        <section>
        <h2 id="s\(index)">\(HTMLText.inline(heading))</h2>
        \(blocks)</section>

        """
    }.joined()
  }
}
