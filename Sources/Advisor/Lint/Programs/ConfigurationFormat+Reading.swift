import SysctlFiles

extension ConfigurationFormat {
  /// Returns what a file says, from top to bottom.
  func statements(in text: SysctlFile) -> [ConfigurationStatement] {
    switch syntax {
    case .assignments: assignments(in: text)
    case .lines: lines(in: text)
    case .blocks: blocks(in: text)
    }
  }

  /// A section begins with a line in brackets.
  private func assignments(in text: SysctlFile) -> [ConfigurationStatement] {
    var (section, name) = (0, "")
    return text.lines.compactMap { line in
      let text = line.text
      let trimmed = text.trimmedBlanks
      guard let first = trimmed.first, first != "#", first != ";" else { return nil }
      if first == "[", trimmed.last == "]" {
        (section, name) = (section + 1, String(trimmed.dropFirst().dropLast()))
        return nil
      }
      let words = Self.assignment(in: text, line: line.number)
      return ConfigurationStatement(words: words, section: section, sectionName: name)
    }
  }

  /// The name, and the value if there is one: `a = b`, `a: b` and `a b`.
  private static func assignment(in text: String, line: Int) -> [ConfigurationWord] {
    var scanner = WordScanner(text, line: line)
    scanner.skipBlanks()
    let name = scanner.word { $0 == "=" || $0.isBlank }
    let isKey = name.text.hasSuffix(":")
    let key = isKey ? name.cut(last: 1) : name
    scanner.skipBlanks()
    if !isKey, scanner.next == "=" { scanner.skip() }
    scanner.skipBlanks()
    let value = scanner.rest()
    return value.text.isEmpty ? [key] : [key, value]
  }

  private func lines(in text: SysctlFile) -> [ConfigurationStatement] {
    var (section, name) = (0, "")
    return text.lines.compactMap { line in
      let words = Self.words(of: line.text, line: line.number)
      guard let first = words.first else { return nil }
      if sections.contains(where: { plain($0) == plain(first.text) }) {
        (section, name) = (section + 1, first.text)
      }
      return ConfigurationStatement(words: words, section: section, sectionName: name)
    }
  }

  private static func words(of text: String, line: Int) -> [ConfigurationWord] {
    var scanner = WordScanner(text, line: line)
    var words: [ConfigurationWord] = []
    while true {
      scanner.skipBlanks()
      guard let next = scanner.next, next != "#" else { return words }
      words.append(scanner.word(until: \.isBlank))
    }
  }

  /// A block is a section; what stands behind it is of the one around it again.
  private func blocks(in text: SysctlFile) -> [ConfigurationStatement] {
    var statements: [ConfigurationStatement] = []
    var words: [ConfigurationWord] = []
    var (open, count) = ([(number: 0, name: "")], 0)
    func end() {
      let around = open.last ?? (0, "")
      if !words.isEmpty {
        statements.append(
          ConfigurationStatement(words: words, section: around.number, sectionName: around.name))
      }
      words = []
    }
    for line in text.lines {
      var scanner = WordScanner(line.text, line: line.number)
      while true {
        scanner.skipBlanks()
        guard let next = scanner.next, next != "#" else { break }
        switch next {
        case ";":
          scanner.skip()
          end()
        case "{":
          scanner.skip()
          let name = words.first?.text ?? ""
          end()
          count += 1
          open.append((count, name))
        case "}":
          scanner.skip()
          end()
          if open.count > 1 { open.removeLast() }
        default: words.append(scanner.word { $0.isBlank || ";{}".contains($0) })
        }
      }
    }
    end()
    return statements
  }
}

/// Takes a line apart, column by column.
private struct WordScanner {
  private let characters: [Character]
  private var position = 0
  private var column = 1
  private let line: Int

  init(_ text: String, line: Int) { (characters, self.line) = (Array(text), line) }

  /// Nil at the end.
  var next: Character? { position < characters.count ? characters[position] : nil }

  mutating func skip() {
    column += characters[position].unicodeScalars.count
    position += 1
  }

  mutating func skipBlanks() { while next?.isBlank == true { skip() } }

  /// Takes what is not an end, or what stands between quotation marks, without these.
  mutating func word(until isEnd: (Character) -> Bool) -> ConfigurationWord {
    let start = column
    var text = ""
    while let character = next, !isEnd(character) {
      skip()
      guard character == "\"" || character == "'" else {
        text.append(character)
        continue
      }
      while let inner = next, inner != character {
        text.append(inner)
        skip()
      }
      if next != nil { skip() }
    }
    return ConfigurationWord(
      text: text, place: LintPlace(line: line, column: start, endColumn: column))
  }

  /// The value to the end of the line, without a remark.
  mutating func rest() -> ConfigurationWord {
    if next == "\"" || next == "'" { return word(until: \.isBlank) }
    let start = column
    var text = ""
    while let character = next {
      if character == "#", text.isEmpty || text.last?.isBlank == true { break }
      text.append(character)
      skip()
    }
    let value = text.trimmedBlanks
    return ConfigurationWord(
      text: value,
      place: LintPlace(
        line: line, column: start, endColumn: start + value.unicodeScalars.count))
  }
}

extension ConfigurationWord {
  /// The same without its last characters, each of one scalar.
  fileprivate func cut(last count: Int) -> ConfigurationWord {
    ConfigurationWord(
      text: String(text.dropLast(count)),
      place: LintPlace(
        line: place.line, column: place.column, endColumn: place.endColumn - count))
  }
}

extension Character {
  fileprivate var isBlank: Bool { self == " " || self == "\t" || self == "\r" }
}
