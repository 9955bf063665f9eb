/// A document as one HTML file that needs no other, no network, and no script to be read.
package struct HTMLPage {
  private let sections: [Document.Section]
  private let heading: RichText
  /// The section whose heading is that of the page; nil where there is none.
  private let titled: Int?

  /// - Parameters:
  ///   - documents: one below the other.
  ///   - title: heads the page where no document has a title of its own.
  package init(_ documents: [Document], title: String) {
    sections = documents.flatMap(\.sections)
    titled = sections.firstIndex { $0.level == .title }
    heading = titled.flatMap { [sections] in sections[$0].heading } ?? RichText(title)
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
    sections.enumerated().map { index, section in
      let blocks = section.blocks.filter { !$0.isEmpty }.map(HTMLBlock.text).joined()
      let own = index == titled ? nil : section.heading
      let heading = own.map { "<h2 id=\"s\(index)\">\(HTMLText.inline($0))</h2>\n" } ?? ""
      return "<section>\n\(heading)\(blocks)</section>\n"
    }.joined()
  }
}
