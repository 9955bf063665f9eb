/// Comments of a configuration file, folded at blanks.
enum CommentLines {
  static let width = 90

  /// Lines that each begin with `prefix` and hold the text, none longer than `width` where a blank
  /// allows it.
  static func fold(_ text: String, prefix: String = "# ") -> String {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ", omittingEmptySubsequences: true) {
      if !line.isEmpty, prefix.count + line.count + 1 + word.count > width {
        lines.append(prefix + line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " \(word)"
    }
    if !line.isEmpty { lines.append(prefix + line) }
    return lines.map { $0 + "\n" }.joined()
  }
}
