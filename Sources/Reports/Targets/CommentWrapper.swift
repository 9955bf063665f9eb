/// Comments of a configuration file, folded at blanks.
enum CommentWrapper {
  static let width = 80

  /// Lines that each begin with `prefix` and hold the text, none longer than `width` where a blank
  /// allows it. A line break within the text is escaped: nothing gets out of the comment.
  static func fold(_ text: String, prefix: String = "# ") -> String {
    var lines: [String] = []
    var line = ""
    for word in words(of: text) {
      // By scalars, as linters count.
      let longer = "\(prefix)\(line) \(word)".withoutContinuation
      if !line.isEmpty, longer.unicodeScalars.count > width {
        lines.append(prefix + line)
        line = ""
      }
      line += line.isEmpty ? word : " \(word)"
    }
    if !line.isEmpty { lines.append(prefix + line) }
    return lines.map { $0.withoutContinuation + "\n" }.joined()
  }

  /// The words of a text; a number and its unit are one.
  private static func words(of text: String) -> [String] {
    let units = ["h", "min", "s", "ms", "µs"]
    var words: [String] = []
    for word in text.printableLine.split(separator: " ", omittingEmptySubsequences: true) {
      let unit = word.prefix { $0.isLetter }
      if let last = words.last?.last, last.isNumber, units.contains(String(unit)) {
        words[words.count - 1] += " \(word)"
      } else {
        words.append(String(word))
      }
    }
    return words
  }
}

extension String {
  /// The line so that the next one is none of it: C++ and httpd join lines at a backslash, in comments too,
  /// and older C at the trigraph `??/`.
  fileprivate var withoutContinuation: String {
    guard hasSuffix("\\") || hasSuffix("??/") else { return self }
    return dropLast() + (hasSuffix("/") ? "\\x2f" : "\\x5c")
  }
}
