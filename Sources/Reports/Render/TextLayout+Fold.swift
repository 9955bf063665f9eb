extension TextLayout {
  /// Lines of at most the width, folded at blanks; those after the first are indented. A word that is
  /// longer has a line of its own.
  func fold(_ text: String, hanging: Int = 0) -> String {
    let hanging = min(hanging, width - Self.narrowest)
    var lines: [String] = []
    var rest = text[...]
    while columns(of: rest) > room(lines, hanging) {
      guard let cut = cut(of: rest, within: room(lines, hanging)) else { break }
      lines.append(String(rest[..<cut]))
      rest = rest[cut...].drop { $0 == " " }
    }
    lines.append(String(rest))
    return lines.enumerated().map { index, line in
      var line = (index == 0 ? "" : String(repeating: " ", count: hanging)) + line
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }

  /// Returns the last blank within so many columns, else the first one behind; nil if there is none.
  private func cut(of text: Substring, within limit: Int) -> Substring.Index? {
    let indent = text.prefix { $0 == " " }.count
    var last: Substring.Index?
    for index in text.indices.dropFirst(indent + 1) where text[index] == " " {
      if let last, columns(of: text[..<index]) > limit { return last }
      if !isBeforeUnit(index, in: text) { last = index }
    }
    return last
  }

  private static let units: Set<Substring> = ["s", "ms", "min", "h", "µs", "us"]

  /// Whether a blank stands between a number and its unit.
  private func isBeforeUnit(_ blank: Substring.Index, in text: Substring) -> Bool {
    guard let last = text[..<blank].last, last.isNumber else { return false }
    return Self.units.contains(text[text.index(after: blank)...].prefix { $0.isLetter })
  }

  private func room(_ lines: [String], _ hanging: Int) -> Int {
    lines.isEmpty ? width : width - hanging
  }
}
