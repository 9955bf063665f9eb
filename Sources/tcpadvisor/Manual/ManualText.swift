import Reports

/// Running text in the language of mdoc(7).
enum ManualText {
  /// Columns of a line of source: mandoc complains of more than eighty.
  private static let width = 78

  /// Returns text that is nothing but text: each sentence begins a line, and no line is long.
  static func filled(_ text: String) -> String {
    sentences(in: text.printableLine).map(wrapped).joined()
  }

  /// Returns a list of terms, each with its text below it.
  /// - Parameter items: terms in the language of mdoc(7), with the blank before.
  static func list(_ items: [(term: String, text: String)]) -> String {
    let items = items.map { ".It\($0.term)\n\(filled($0.text))" }
    return ".Bl -tag -width Ds\n\(items.joined()).El\n"
  }

  /// Returns a word that stands behind a macro.
  static func word(_ text: String) -> String {
    let text = escaped(text.printableLine)
    return text.contains(" ") || text.contains("\"")
      ? "\"\(text.replacing("\"", with: "\\(dq"))\"" : text
  }

  static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\e").replacing("--", with: "\\-\\-")
      // The name of a function would be asked to have markup of its own.
      .replacing("()", with: "\\&()")
  }

  /// A request begins with a point or an apostrophe.
  private static func guarded(_ line: String) -> String {
    line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" + line : line
  }

  /// A sentence ends with a mark, a blank, and a word that begins another one.
  private static func sentences(in text: String) -> [String] {
    var sentences: [String] = []
    var current = ""
    for word in text.split(separator: " ") {
      let ended = current.last.map { ".?!".contains($0) } ?? false
      if ended { sentences.append(current) }
      current = ended || current.isEmpty ? String(word) : current + " " + word
    }
    return current.isEmpty ? sentences : sentences + [current]
  }

  /// Bytes as mandoc counts them, which has a letter that is not ASCII as an escape.
  private static func size(of text: some StringProtocol) -> Int {
    text.unicodeScalars.reduce(0) { $0 + ($1.isASCII ? 1 : 8) }
  }

  private static func wrapped(_ sentence: String) -> String {
    var (lines, line) = ("", "")
    for word in escaped(sentence).split(separator: " ") {
      if !line.isEmpty, size(of: line) + 1 + size(of: word) > width {
        lines += guarded(line) + "\n"
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return lines + guarded(line) + "\n"
  }
}
