import SysctlFiles

extension ConfigurationFormat {
  /// Returns what a file says, from top to bottom; nothing of YAML, which is read elsewhere.
  func statements(in text: SysctlFile) -> [ConfigurationStatement] {
    switch syntax {
    case .assignments: assignments(in: text)
    case .lines: lines(in: text)
    case .blocks: blocks(in: text)
    case .urls: urls(in: text)
    case .terms: statements(in: ErlangTerms(text).trees)
    case .tree: []
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
      let words = words(of: line.text, line: line.number)
      guard let first = words.first else { return nil }
      if sections.contains(where: { plain($0) == plain(first.text) }) {
        (section, name) = (section + 1, first.text)
      }
      return ConfigurationStatement(words: words, section: section, sectionName: name)
    }
  }

  private func words(of text: String, line: Int) -> [ConfigurationWord] {
    var scanner = WordScanner(text, line: line)
    var words: [ConfigurationWord] = []
    while true {
      scanner.skipBlanks()
      guard scanner.next != nil, !comments.contains(where: scanner.isAt) else { return words }
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
