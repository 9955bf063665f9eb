/// What a report says, without how it looks; a renderer gives it widths, colours or markup.
package struct Document: Sendable {
  package private(set) var sections: [Section]

  /// Sections that hold nothing are left out, their headings too.
  package init(_ sections: [Section]) {
    self.sections = sections.filter { !$0.blocks.allSatisfy(\.isEmpty) }
  }

  package init(_ blocks: Block...) { self.init([Section(blocks)]) }
}

extension Document {
  /// Blocks that belong together, apart from those of other sections.
  package struct Section: Sendable {
    package enum Level: Sendable { case title, section }

    package let heading: RichText?
    package let level: Level
    package var blocks: [Block]

    /// - Parameter heading: nil for a part of the section before, after a gap.
    package init(_ heading: RichText?, level: Level = .section, _ blocks: [Block]) {
      (self.heading, self.level, self.blocks) = (heading, level, blocks)
    }

    /// A part of the section before, after a gap.
    package init(_ blocks: [Block]) { self.init(nil, blocks) }
  }

  package enum Block: Sendable {
    case paragraph(RichText)
    /// Items with a mark before each.
    case list([RichText])
    /// Remarks, each on a line of its own.
    case notes([RichText])
    case definitions([Definition])
    case table(Table)
    case statuses([StatusEntry])
    case chart(TimelineChart)
    case code(Code)

    var isEmpty: Bool {
      switch self {
      case .paragraph: false
      case .list(let items), .notes(let items): items.isEmpty
      case .definitions(let definitions): definitions.isEmpty
      case .table(let table): table.rows.isEmpty
      case .statuses(let entries): entries.isEmpty
      case .chart(let chart): chart.lanes.isEmpty
      case .code(let code): code.text.isEmpty
      }
    }
  }

  package struct Definition: Sendable {
    package let term, text: RichText

    package init(_ term: RichText, _ text: RichText) { (self.term, self.text) = (term, text) }
  }

  /// A status, what it is the status of, and what there is to say about it.
  package struct StatusEntry: Sendable {
    package let status: StatusMark
    package let title: RichText
    package let details: [RichText]

    package init(_ status: StatusMark, _ title: RichText, details: [RichText] = []) {
      (self.status, self.title, self.details) = (status, title, details)
    }
  }

  /// Text to be copied as it is, such as a file or commands.
  package struct Code: Sendable {
    /// What it is, or the name of the file.
    package let title: RichText
    package let text: String

    package init(_ title: RichText, _ text: String) { (self.title, self.text) = (title, text) }
  }

  package struct Table: Sendable {
    package var caption: RichText?
    package var header: [RichText] = []
    package var rows: [[RichText]]
    /// Says the same for readers whose columns are too few; empty where rows may be folded.
    package var narrow: [Block] = []

    package init(_ rows: [[RichText]]) { self.rows = rows }

    /// How many cells its longest row has.
    var columns: Int { max(header.count, rows.map(\.count).max() ?? 0) }

    package init(_ rows: [[String]]) { self.rows = rows.map { $0.map { RichText($0) } } }
  }
}
