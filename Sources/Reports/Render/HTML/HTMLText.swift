/// Text within HTML.
enum HTMLText {
  /// Returns text of an element or an attribute, on one line; what would steer a terminal or turn the
  /// direction of writing around has escapes that are seen.
  static func escaped(_ text: String) -> String { XMLText.escaped(text.printableLine) }

  /// The same on as many lines as it has.
  static func escapedLines(_ text: String) -> String {
    text.printable.split(separator: "\n", omittingEmptySubsequences: false)
      .map { escaped(String($0)) }.joined(separator: "\n")
  }

  /// Returns running text with its statuses and commands.
  static func inline(_ text: RichText) -> String {
    text.pieces.map { piece in
      switch piece {
      case .text(let text): escaped(text)
      case .command(let command): "<code>\(escaped(command))</code>"
      case .status(let mark): status(mark)
      }
    }.joined()
  }

  /// Returns a status; the word says it too, as not everybody sees colours.
  static func status(_ mark: StatusMark) -> String {
    "<span class=\"status \(mark.tone.rawValue)\">\(escaped(mark.word))</span>"
  }
}
