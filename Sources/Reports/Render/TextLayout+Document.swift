extension Document {
  /// The document as a terminal or a text file has it.
  package func text(_ layout: TextLayout) -> String {
    sections.map(layout.text).joined(separator: "\n")
  }
}

extension TextLayout {
  fileprivate func text(of section: Document.Section) -> String {
    let isIndented = section.heading != nil && section.level == .section
    return (section.heading.map(heading) ?? "")
      + section.blocks.map { text(of: $0, indent: isIndented ? 2 : 0) }.joined()
  }

  /// Painted line by line: a colour that is still on would paint what stands before the next.
  private func heading(_ text: RichText) -> String {
    let lines = fold(painted(text), hanging: 2).split(separator: "\n")
    return lines.map { paint(String($0), .bold) + "\n" }.joined()
  }

  /// - Parameter indent: of paragraphs; everything else is indented anyway.
  private func text(of block: Document.Block, indent: Int) -> String {
    switch block {
    case .paragraph(let text):
      fold(String(repeating: " ", count: indent) + painted(text), hanging: indent)
    case .list(let items): items.map { fold("  - \(painted($0))", hanging: 4) }.joined()
    case .notes(let notes): notes.map { fold("  \(painted($0))", hanging: 4) }.joined()
    case .definitions(let definitions):
      definitions.map { fold("  \(painted($0.term)): \(painted($0.text))", hanging: 6) }.joined()
    case .table(let table): text(of: table, indent: indent)
    case .statuses(let entries): entries.map(text).joined()
    case .chart(let chart):
      (chart.caption.map { fold("  \(painted($0))", hanging: 4) } ?? "")
        + TerminalChart(chart, layout: self).text
    case .code(let code): text(of: code)
    }
  }

  /// Not folded, since it is copied.
  private func text(of code: Document.Code) -> String {
    let lines = code.text.split(separator: "\n", omittingEmptySubsequences: false)
    return fold("  \(painted(code.title)):", hanging: 4)
      + lines.map { $0.isEmpty ? "\n" : "    \(plain(String($0)))\n" }.joined()
  }

  private func text(of table: Document.Table, indent: Int) -> String {
    let header = table.header.isEmpty ? [] : [table.header]
    let rows = (header + table.rows).map { $0.map(painted) }
    let caption = table.caption.map { fold("  \(painted($0))", hanging: 4) } ?? ""
    if !table.narrow.isEmpty, !fits(rows) {
      return caption + table.narrow.map { text(of: $0, indent: indent) }.joined()
    }
    return caption + self.table(rows)
  }

  /// What a status is followed by begins in one column for all of them.
  private func text(of entry: Document.StatusEntry) -> String {
    let start = "  \(painted(entry.status))"
    let column = 4 + "unknown".count
    let blanks = String(repeating: " ", count: max(2, column - columns(of: start)))
    let margin = String(repeating: " ", count: column)
    return fold("\(start)\(blanks)\(painted(entry.title))", hanging: column)
      + entry.details.map { fold(margin + painted($0), hanging: column) }.joined()
  }
}
