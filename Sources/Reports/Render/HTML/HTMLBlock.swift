/// The blocks of a document as elements of HTML.
enum HTMLBlock {
  static func text(_ block: Document.Block) -> String {
    switch block {
    case .paragraph(let text):
      text.plain.isEmpty ? "" : "<p>\(HTMLText.inline(text))</p>\n"
    case .list(let items): list(items, class: nil)
    case .notes(let notes): list(notes, class: "notes")
    case .definitions(let definitions): self.definitions(definitions)
    case .table(let table): self.table(table)
    case .statuses(let entries): statuses(entries)
    case .chart(let chart): HTMLChart(chart).text
    case .code(let code): self.code(code)
    }
  }

  private static func list(_ items: [RichText], class name: String?) -> String {
    let items = items.map { "<li>\(HTMLText.inline($0))</li>\n" }.joined()
    return "<ul\(name.map { " class=\"\($0)\"" } ?? "")>\n\(items)</ul>\n"
  }

  private static func definitions(_ definitions: [Document.Definition]) -> String {
    let items = definitions.map { definition in
      "<div><dt>\(HTMLText.inline(definition.term))</dt>"
        + "<dd>\(HTMLText.inline(definition.text))</dd></div>\n"
    }
    return "<dl>\n\(items.joined())</dl>\n"
  }

  private static func statuses(_ entries: [Document.StatusEntry]) -> String {
    let items = entries.map { entry in
      let details = entry.details.map { "<p>\(HTMLText.inline($0))</p>" }.joined()
      return "<li>\(HTMLText.status(entry.status))"
        + "<div><p class=\"title\">\(HTMLText.inline(entry.title))</p>\(details)</div></li>\n"
    }
    return "<ul class=\"statuses\">\n\(items.joined())</ul>\n"
  }

  /// The button works only where the script does, which shows it.
  private static func code(_ code: Document.Code) -> String {
    """
    <figure class="code">
    <figcaption>\(HTMLText.inline(code.title))\
    <button type="button" class="copy" hidden>Copy</button></figcaption>
    <pre tabindex="0"><code>\(HTMLText.escapedLines(code.text))</code></pre>
    </figure>

    """
  }

  /// A wide table scrolls by itself; its columns can be sorted where they have headings.
  static func table(_ table: Document.Table) -> String {
    let caption = table.caption.map { "<caption>\(HTMLText.inline($0))</caption>\n" } ?? ""
    let head = table.header.isEmpty ? "" : "<thead>\n\(header(table.header))</thead>\n"
    let columns = table.columns
    let rows = table.rows.map { row(of: $0, columns: columns) }.joined()
    let kind = table.header.isEmpty ? "" : " class=\"sortable\""
    return "<div class=\"scroll\" tabindex=\"0\">\n<table\(kind)>\n\(caption)\(head)"
      + "<tbody>\n\(rows)</tbody>\n</table>\n</div>\n"
  }

  private static func header(_ cells: [RichText]) -> String {
    let cells = cells.map { cell in
      cell.plain.isEmpty ? "<td></td>" : "<th scope=\"col\">\(HTMLText.inline(cell))</th>"
    }
    return "<tr>\(cells.joined())</tr>\n"
  }

  /// The last cell of a short row takes the columns that are left.
  private static func row(of cells: [RichText], columns: Int) -> String {
    let cells = cells.enumerated().map { index, cell in
      let isLast = index == cells.count - 1
      let span = columns - cells.count + 1
      let width = isLast && span > 1 ? " colspan=\"\(span)\"" : ""
      let isHead = index == 0 && columns > 1 && !cell.plain.isEmpty
      return isHead
        ? "<th scope=\"row\"\(width)>\(HTMLText.inline(cell))</th>"
        : "<td\(width)>\(HTMLText.inline(cell))</td>"
    }
    return "<tr>\(cells.joined())</tr>\n"
  }
}
