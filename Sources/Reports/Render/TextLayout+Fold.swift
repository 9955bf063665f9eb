extension TextLayout {
  /// Lines of at most the width, folded at blanks; those after the first are indented.
  func fold(_ text: String, hanging: Int = 0) -> String {
    let hanging = min(hanging, width - Self.narrowest)
    var lines: [String] = []
    var rest = text[...]
    while columns(of: rest) > room(lines, hanging) {
      let limit = room(lines, hanging)
      let indent = rest.prefix { $0 == " " }.count
      var at: Substring.Index?
      for index in rest.indices where rest[index] == " " {
        let used = columns(of: rest[..<index])
        if used > limit { break }
        let isWithin = rest.distance(from: rest.startIndex, to: index) > indent
        if isWithin, !isBeforeUnit(index, in: rest) { at = index }
      }
      guard let cut = at else { break }
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
