/// The words of one line, taken from the left.
struct LineScanner {
  private let line: String
  private var rest: Substring

  init(_ line: String) { (self.line, rest) = (line, line[...]) }

  var isEmpty: Bool { rest.isEmpty }
  var malformed: MalformedLine { MalformedLine(line) }

  mutating func word() throws(MalformedLine) -> String {
    let word = rest.prefix { $0 != " " }
    guard !word.isEmpty else { throw malformed }
    rest = rest.dropFirst(word.count)
    if !rest.isEmpty {
      rest.removeFirst()
      if rest.isEmpty { throw malformed }  // a blank at the end
    }
    return String(word)
  }

  mutating func text() throws(MalformedLine) -> String {
    defer { rest = "" }
    guard !rest.isEmpty else { throw malformed }
    return String(rest)
  }

  mutating func number() throws(MalformedLine) -> Int {
    guard let number = Int(try word()), number >= 0 else { throw malformed }
    return number
  }

  mutating func time() throws(MalformedLine) -> Duration { .nanoseconds(try number()) }

  /// Returns a time; nil if that word stands instead.
  mutating func time(unless word: String) throws(MalformedLine) -> Duration? {
    guard rest.prefix(while: { $0 != " " }) == word else { return try time() }
    _ = try self.word()
    return nil
  }

  mutating func choice<C: RawRepresentable<String>>() throws(MalformedLine) -> C {
    guard let choice = C(rawValue: try word()) else { throw malformed }
    return choice
  }

  /// Whatever nobody took does not belong there.
  func finish() throws(MalformedLine) {
    guard rest.isEmpty else { throw malformed }
  }
}
