import Advisor
import Reports
import TCPModel
import Testing

/// Documents as pages and as Markdown.
struct PageTests {
  /// What would end an attribute, an element, a comment or a script, or turn the writing around.
  private static let evil =
    "<img src=x onerror=injected=1> \"' onload=injected=1 x='</script></title></style></code>"
    + "<script>injected=1</script> --> ]]> &lt; &#60; \u{202e}\u{1b}[31m\0"
  private static let text = RichText(evil)

  private static let event = Timeline.Event(.syn, TimeRange(.zero, .seconds(1)))
  private static let end = Timeline.Event(.giveUp, TimeRange(.seconds(3), .seconds(7)))
  private static let lanes = [
    Lane(label: evil, events: [event, end], endText: evil), Lane(label: "", events: [event]),
  ]

  private static let table: Document.Table = {
    var table = Document.Table([[text, text], [text]])
    (table.caption, table.header) = (text, [text, text])
    return table
  }()

  private static let blocks: [Document.Block] = [
    .paragraph("\(text) \(command: evil) \(StatusMark(evil, .bad))"), .list([text]), .notes([text]),
    .definitions([.init(text, text)]), .table(table),
    .statuses([.init(StatusMark(evil, .doubtful), text, details: [text])]),
    .chart(TimelineChart(lanes, caption: text)), .code(.init(text, evil + "\n" + evil)),
  ]

  private static func page(_ document: Document) -> String {
    HTMLPage(document, title: evil).text
  }

  @Test(arguments: 0..<8)
  func `page: a text that is hostile is text, wherever it stands`(block: Int) {
    for level in [Document.Section.Level.title, .section] {
      let page = Self.page(Document([.init(Self.text, level: level, [Self.blocks[block]])]))
      #expect(!page.contains("<img"))
      #expect(page.ranges(of: "<script").count == 1)
      #expect(page.ranges(of: "</script").count == 1)
      #expect(!page.contains { "\u{202e}\u{1b}\0".contains($0) })
      // No quote of the text ends an attribute.
      #expect(!page.contains("\"' onload"))
      #expect(page.contains("&lt;img src=x onerror=injected=1&gt; &quot;&apos; onload"))
    }
  }

  @Test func `page: hovering and the table tell the same numbers`() throws {
    let timeline = Timeline(of: Experiment(.connect, in: try Host.stock().snapshot))
    let lanes = timeline.lanes()
    let page = Self.page(Document(.chart(TimelineChart(lanes))))
    for event in try #require(lanes.first).events {
      let text = "\(event.kind.rawValue) \(event.range.text)"
      #expect(page.contains("<title>\(text)</title>"))
      #expect(page.contains("<td>\(event.kind.rawValue)</td><td>\(event.range.text)</td>"))
    }
  }

  @Test func `page: what is drawn lies within the width, in its order`() throws {
    for scenario in Scenario.allCases {
      var experiment = Experiment(scenario, in: try Host.stock().snapshot)
      experiment.options[.keepalive] = 1
      let timeline = Timeline(of: experiment)
      for scale in Scale.allCases where !timeline.branches.isEmpty {
        let page = Self.page(Document(.chart(TimelineChart(timeline.lanes(), scale: scale))))
        let places = page.matches(of: /class="mark" x="([0-9.]+)%"/)
          .compactMap { Double($0.output.1) }
        #expect(places.allSatisfy { (0...100).contains($0) })
        #expect(places.max() == 100)
        let widths = page.matches(of: /<rect class="[a-z]+" x="([0-9.]+)%" width="([0-9.]+)%"/)
          .compactMap { match in
            Double(match.output.1).flatMap { x in Double(match.output.2).map { x + $0 } }
          }
        #expect(widths.allSatisfy { $0 <= 100.001 }, "\(scenario)")
      }
    }
  }

  @Test func `page: sections have headings to which links lead, from three on`() {
    func page(_ count: Int) -> String {
      Self.page(
        Document((0..<count).map { .init("part \($0)", [.paragraph("text")]) }))
    }
    #expect(!page(3).contains("<nav"))
    let long = page(4)
    for part in 0..<4 {
      #expect(long.contains("<a href=\"#s\(part)\">part \(part)</a>"))
      #expect(long.contains("<h2 id=\"s\(part)\">part \(part)</h2>"))
    }
    #expect(long.ranges(of: "<h1>").count == 1)
  }

  @Test func `markdown: blocks as a pull request has them`() {
    var table = Document.Table([["a|b", "2"], ["c"]])
    (table.caption, table.header) = ("caption", ["x", "y"])
    let text = MarkdownText(
      Document([
        .init("a title", level: .title, [.paragraph("1. is no list, \(command: "a `b` | c")")]),
        .init(
          "a section",
          [
            .list(["- one", "two_words and _three_"]), .definitions([.init("term", "text")]),
            .table(table),
            .statuses([.init(StatusMark("met", .good), "@root", details: ["<b> & [c](d)"])]),
            .code(.init("file", "a = 1\n```\n")),
          ]),
      ])
    ).text
    #expect(
      text == #"""
        ## a title

        1\. is no list, ``a `b` \| c``

        ### a section

        - \- one
        - two_words and \_three\_

        - **term**: text

        caption

        | x | y |
        | --- | --- |
        | a\|b | 2 |
        | c | |

        - **met** @<!-- -->root
          - &lt;b&gt; &amp; \[c\](d)

        file

        ````
        a = 1
        ```
        ````

        """#)
  }

  @Test func `terminal: text to copy is not folded`() {
    let long = String(repeating: "word ", count: 30) + "end"
    let text = Document(.code(.init("a file", "\(long)\n\n\u{1b}x")))
      .text(TextLayout(isColoured: false))
    #expect(text == "  a file:\n    \(long)\n\n    \\x1bx\n")
  }
}
