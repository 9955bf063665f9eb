/// A page, looked at as a browser would: its elements, one in the other, and their attributes.
struct Page {
  private let text: String
  /// What the program writes; whatever else stands there comes from an input.
  private static let elements: Set<String> = [
    "a", "body", "button", "caption", "code", "dd", "details", "div", "dl", "dt", "figcaption",
    "figure", "footer", "h1", "h2", "head", "html", "li", "line", "main", "meta", "nav", "p",
    "path",
    "pre", "rect", "script", "section", "span", "style", "summary", "svg", "table", "tbody", "td",
    "text", "th", "thead", "title", "tr", "ul",
  ]
  private static let attributes: Set<String> = [
    "aria-hidden", "aria-label", "charset", "class", "colspan", "content", "d", "height", "hidden",
    "href", "http-equiv", "id", "lang", "name", "role", "scope", "tabindex", "text-anchor", "type",
    "viewbox",
    "width", "x", "x1", "x2", "y", "y1", "y2",
  ]

  init(_ text: String) { self.text = text }

  func check() throws(FuzzFault) {
    try PlainText.check(text, "the page")
    let markup = Markup(text, single: ["meta"], raw: ["script", "style"])
    try markup.check { (tag) throws(FuzzFault) in
      guard Self.elements.contains(tag.name) else { throw FuzzFault("an element <\(tag.name)>") }
      for name in tag.attributes where !Self.attributes.contains(name) {
        throw FuzzFault("<\(tag.name)> has an attribute \(name)")
      }
    }
  }
}
