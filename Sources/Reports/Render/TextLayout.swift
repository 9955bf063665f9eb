/// How a report looks on a terminal or in a file: its width, its characters, and colour.
package struct TextLayout: Sendable {
  private let isColoured: Bool
  let charset: Charset
  /// Of prose and tables: a longer line is one that the eye loses.
  let width: Int
  /// Of charts: every column more is a finer scale, up to what one look takes in.
  let chartWidth: Int

  /// - Parameter width: the terminal's, in columns; narrower than 40 nothing can be laid out.
  package init(isColoured: Bool, width: Int = 80, charset: Charset = .utf8) {
    (self.isColoured, self.charset) = (isColoured, charset)
    self.width = min(max(width, 40), 100)
    chartWidth = min(max(width, 40), 160)
  }

  enum Colour: String { case bold = "1", red = "31", green = "32", yellow = "33" }

  func paint(_ text: String, _ colour: Colour) -> String {
    isColoured ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
  }

  /// The text in characters that the reader has, and on one line.
  func plain(_ text: String) -> String { charset.plain(text.printableLine.withoutLogCommands) }

  /// The text in characters that the reader has, statuses in colour.
  func painted(_ text: RichText) -> String {
    text.pieces.map { piece in
      switch piece {
      case .text(let text), .command(let text): plain(text)
      case .status(let mark): painted(mark)
      }
    }.joined()
  }

  func painted(_ mark: StatusMark) -> String {
    switch mark.tone {
    case .good: paint(plain(mark.word), .green)
    case .bad: paint(plain(mark.word), .red)
    case .doubtful: paint(plain(mark.word), .yellow)
    case .neutral: plain(mark.word)
    }
  }

  /// Returns how many columns a text takes, colour codes left out.
  func columns(of text: some StringProtocol) -> Int {
    var count = 0
    var isCode = false
    for character in text {
      if character == "\u{1B}" {
        isCode = true
      } else if isCode {
        isCode = character != "m"
      } else {
        count += 1
      }
    }
    return count
  }
}
