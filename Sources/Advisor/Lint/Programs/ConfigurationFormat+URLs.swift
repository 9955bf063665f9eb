import SysctlFiles

extension ConfigurationFormat {
  /// Each URL of a known scheme is a section: its scheme, and the parameters behind its `?`.
  func urls(in text: SysctlFile) -> [ConfigurationStatement] {
    var statements: [ConfigurationStatement] = []
    for line in text.lines where line.bytes.contains(UInt8(ascii: "?")) {
      var scanner = WordScanner(line.text, line: line.number)
      scanner.skipBlanks()
      if scanner.isAt("#") || scanner.isAt("!") { continue }
      while let words = nextURL(&scanner) {
        statements.append(
          ConfigurationStatement(
            words: words, section: statements.count + 1, sectionName: words[0].text))
      }
    }
    return statements
  }

  /// Nil where the rest of a line has none.
  private func nextURL(_ scanner: inout WordScanner) -> [ConfigurationWord]? {
    var isInWord = false
    while let next = scanner.next {
      // No scheme stands in the midst of a longer one.
      if !isInWord, let scheme = schemes.keys.first(where: { scanner.isAt("\($0):") }) {
        return url(of: scheme, &scanner)
      }
      isInWord = next.isLetter || next.isNumber || "+-.:".contains(next)
      scanner.skip()
    }
    return nil
  }

  private func url(of scheme: String, _ scanner: inout WordScanner) -> [ConfigurationWord] {
    var words = [scanner.take(scheme.count)]
    while let next = scanner.next, next != "?", !next.endsURL { scanner.skip() }
    guard scanner.next == "?" else { return words }
    repeat {
      scanner.skip()
      // As XML has it.
      if scanner.isAt("amp;") { _ = scanner.take(4) }
      words.append(scanner.take { $0 == "&" || $0.endsURL })
    } while scanner.next == "&"
    return words
  }
}

extension Character {
  fileprivate var endsURL: Bool { isBlank || "\"'`<>".contains(self) }
}
