import SysctlFiles

/// Takes a line apart, column by column.
struct WordScanner {
  private let characters: [Character]
  private var position = 0
  private var column = 1
  private let line: Int

  init(_ text: String, line: Int) { (characters, self.line) = (Array(text), line) }

  /// Nil at the end.
  var next: Character? { position < characters.count ? characters[position] : nil }

  /// Whether a text stands here.
  func isAt(_ text: String) -> Bool { characters[position...].starts(with: text) }

  mutating func skip() {
    column += characters[position].unicodeScalars.count
    position += 1
  }

  mutating func skipBlanks() { while next?.isBlank == true { skip() } }

  /// Takes so many characters, or what is left.
  mutating func take(_ count: Int) -> ConfigurationWord {
    var left = count
    return take { _ in
      left -= 1
      return left < 0
    }
  }

  /// Takes what is not an end, as it is written.
  mutating func take(until isEnd: (Character) -> Bool) -> ConfigurationWord {
    let start = column
    var text = ""
    while let character = next, !isEnd(character) {
      text.append(character)
      skip()
    }
    return ConfigurationWord(
      text: text, place: LintPlace(line: line, column: start, endColumn: column))
  }

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
  func cut(last count: Int) -> ConfigurationWord {
    ConfigurationWord(
      text: String(text.dropLast(count)),
      place: LintPlace(
        line: place.line, column: place.column, endColumn: place.endColumn - count))
  }
}

extension Character {
  var isBlank: Bool { self == " " || self == "\t" || self == "\r" }
}
