/// A document as Markdown in the dialect of pull requests and wikis (GitHub Flavored Markdown).
package struct MarkdownText {
  private let documents: [Document]

  /// - Parameter documents: one below the other.
  package init(_ documents: [Document]) { self.documents = documents }

  package init(_ document: Document) { self.init([document]) }

  package var text: String {
    documents.flatMap(\.sections).flatMap { section -> [String] in
      let level = section.level == .title ? "##" : "###"
      let heading = section.heading.map { ["\(level) \(Self.inline($0))\n"] } ?? []
      return heading + section.blocks.filter { !$0.isEmpty }.map(Self.text).filter { !$0.isEmpty }
    }.joined(separator: "\n")
  }

  private static func text(of block: Document.Block) -> String {
    switch block {
    case .paragraph(let text): text.plain.isEmpty ? "" : inline(text) + "\n"
    case .list(let items), .notes(let items): items.map { "- \(inline($0))\n" }.joined()
    case .definitions(let definitions):
      definitions.map { "- **\(inline($0.term))**: \(inline($0.text))\n" }.joined()
    case .table(let table): self.table(table)
    case .statuses(let entries): entries.map(entry).joined()
    case .chart(let chart):
      (chart.caption.map { inline($0) + "\n\n" } ?? "")
        + fenced(TerminalChart(chart, layout: TextLayout(isColoured: false)).text, language: "text")
    case .code(let code): inline(code.title) + "\n\n" + fenced(code.text, language: "")
    }
  }

  private static func entry(_ entry: Document.StatusEntry) -> String {
    let details = entry.details.map { "  - \(inline($0))\n" }.joined()
    return "- \(inline("\(entry.status)")) \(inline(entry.title))\n\(details)"
  }

  /// Every table has a line of headings, if of nothing.
  private static func table(_ table: Document.Table) -> String {
    let columns = table.columns
    func line(_ cells: [String]) -> String {
      let rest = Array(repeating: "", count: columns - cells.count)
      return "|" + (cells + rest).map { $0.isEmpty ? " |" : " \($0) |" }.joined() + "\n"
    }
    let rule = "|" + String(repeating: " --- |", count: columns) + "\n"
    let caption = table.caption.map { inline($0) + "\n\n" } ?? ""
    return caption + line(table.header.map(inline)) + rule
      + table.rows.map { line($0.map(inline)) }.joined()
  }

  /// With a fence that is longer than any in the text.
  private static func fenced(_ text: String, language: String) -> String {
    let fence = String(repeating: "`", count: max(3, longestRun(in: text) + 1))
    let lines = text.printable
    return "\(fence)\(language)\n\(lines)\(lines.hasSuffix("\n") ? "" : "\n")\(fence)\n"
  }

  private static func longestRun(in text: String) -> Int {
    text.unicodeScalars.split { $0 != "`" }.map(\.count).max() ?? 0
  }

  /// One line, which begins no list, heading or rule of its own.
  private static func inline(_ text: RichText) -> String {
    let line = pieces(text)
    let digits = line.prefix { $0.isASCII && $0.isNumber }
    let rest = line.dropFirst(digits.count)
    let isList = rest.dropFirst().first.map { $0 == " " } ?? true
    if let sign = rest.first, isList, (digits.isEmpty ? "-+=" : ".)").contains(sign) {
      return "\(digits)\\\(rest)"
    }
    return line
  }

  private static func pieces(_ text: RichText) -> String {
    text.pieces.map { piece in
      switch piece {
      case .text(let text): escaped(text)
      case .command(let command): span(command)
      case .status(let mark): "**\(escaped(mark.word))**"
      }
    }.joined()
  }

  /// Commands within backticks of their own number; a table ends at a bar even there.
  private static func span(_ command: String) -> String {
    let command = command.printableLine.replacingScalars(["|": "\\|"])
    let fence = String(repeating: "`", count: longestRun(in: command) + 1)
    let scalars = command.unicodeScalars
    let pad = scalars.first == "`" || scalars.last == "`" ? " " : ""
    return fence + pad + command + pad + fence
  }

  /// Text that is no markup, no HTML, and calls nobody: `@name` would.
  private static func escaped(_ text: String) -> String {
    var escaped = ""
    let scalars = Array(text.printableLine.unicodeScalars)
    func isWord(_ index: Int) -> Bool {
      scalars.indices.contains(index) && scalars[index].properties.isAlphabetic
    }
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      // Within a word it emphasizes nothing.
      case "_" where isWord(index - 1) && isWord(index + 1): escaped += "_"
      case "\\", "`", "*", "_", "[", "]", "|", "~", "#", "!": escaped += "\\\(scalar)"
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "@": escaped += "@<!-- -->"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
