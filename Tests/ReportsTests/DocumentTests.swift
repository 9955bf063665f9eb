import Advisor
import Foundation
import Reports
import TCPModel
import Testing

/// The tree between what is said and how it looks.
struct DocumentTests {
  private static let document = Document([
    Document.Section(
      "connect: a title", level: .title, [.paragraph("A paragraph, \(command: "uname -r").")]),
    Document.Section([
      .notes(["a note", "\(StatusMark("overridden", .doubtful)) by a file"]),
      .list(["an item", "another"]),
    ]),
    Document.Section("Nothing", [.list([]), .table(Document.Table([[String]]()))]),
    Document.Section("A section", [.paragraph("Indented."), .definitions([.init("a", "b")])]),
    Document.Section([
      .statuses([
        .init(StatusMark("met", .good), "a title", details: ["a detail"]),
        .init(StatusMark("unknown", .neutral), "a title"),
      ])
    ]),
  ])

  @Test func `document: blocks as a terminal has them`() {
    #expect(
      Self.document.text(TextLayout(isColoured: false)) == """
        connect: a title
        A paragraph, uname -r.

          a note
          overridden by a file
          - an item
          - another

        A section
          Indented.
          a: b

          met      a title
                   a detail
          unknown  a title

        """)
  }

  @Test func `document: colour is the renderer's, and each tone has its own`() {
    let text = Self.document.text(TextLayout(isColoured: true))
    #expect(text.contains("\u{1B}[1mconnect: a title\u{1B}[0m\n"))
    #expect(text.contains("\u{1B}[33moverridden\u{1B}[0m by"))
    #expect(text.contains("  \u{1B}[32mmet\u{1B}[0m      a title"))
    #expect(text.contains("  unknown  a title"))
  }

  @Test func `document: a table that does not fit says the same in another way`() {
    var table = Document.Table([["a row", String(repeating: "wide", count: 10)]])
    (table.header, table.caption, table.narrow) = (["", "column"], "caption", [.notes(["short"])])
    let texts = [40, 80].map {
      Document(.table(table)).text(TextLayout(isColoured: false, width: $0))
    }
    #expect(texts[0] == "  caption\n  short\n")
    #expect(texts[1].hasPrefix("  caption\n         column\n  a row  widewide"))
  }

  /// What a renderer of another format finds in the tree.
  private static func texts(of block: Document.Block) -> [RichText] {
    switch block {
    case .paragraph(let text): [text]
    case .list(let items), .notes(let items): items
    case .definitions(let definitions): definitions.flatMap { [$0.term, $0.text] }
    case .table(let table):
      [table.caption ?? ""] + table.header + table.rows.joined()
        + table.narrow.flatMap(texts)
    case .statuses(let entries): entries.flatMap { ["\($0.status)", $0.title] + $0.details }
    case .chart(let chart):
      [chart.caption ?? ""] + chart.lanes.map { "\($0.label) \($0.endText)" }
    case .code(let code): [code.title, RichText(code.text)]
    }
  }

  private static func strings(in text: RichText) -> [String] {
    text.pieces.map { piece in
      switch piece {
      case .text(let text), .command(let text): text
      case .status(let mark): mark.word
      }
    }
  }

  private static func reports() throws -> [Document] {
    let host = try Host.stock()
    let advice = try [Profile.server, .client, .impossible].map {
      AdviceReport(
        try .sample($0, on: host), comparisons: [], surroundings: DeploymentContext()
      ).document
    }
    let explanations = Scenario.allCases.map {
      ScenarioExplanation(of: Experiment($0, in: host.snapshot))
    }
    let settings = SysctlCatalog.all.map {
      SysctlExplanation(of: $0, in: WhatIf(host.snapshot)).document
    }
    return advice + settings
      + explanations.map { ScenarioReport($0, scale: .auto).document }
      + explanations.map { ScenarioComparison([$0, $0], scale: .auto).document }
  }

  @Test func `document: what reports say has neither colour nor line breaks nor margins`() throws {
    for document in try Self.reports() {
      let blocks = document.sections.flatMap(\.blocks)
      let texts = blocks.flatMap(Self.texts) + document.sections.compactMap(\.heading)
      for text in texts.map(Self.strings) {
        #expect(text.joined().allSatisfy { $0 != "\u{1B}" && $0 != "\n" }, "\(text)")
        #expect(!text.joined().contains("  "), "\(text)")
        #expect(text.first?.first != " ", "\(text)")
      }
    }
  }
}
