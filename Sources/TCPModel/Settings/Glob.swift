/// A pattern of fnmatch(3): `*` stands for any text, `?` for one character, `[a-z]` for one of a
/// set, and `\` takes the meaning from what follows it.
package struct Glob: Hashable, Sendable {
  private enum Token: Hashable {
    case anyText, anyCharacter
    case literal(Unicode.Scalar)
    case set(CharacterSet)
    /// A `\` at the end, with which nothing matches.
    case nothing

    var isLiteral: Bool { if case .literal = self { true } else { false } }

    func matches(_ character: Unicode.Scalar) -> Bool {
      switch self {
      case .anyText, .nothing: false
      case .anyCharacter: true
      case .literal(let literal): literal == character
      case .set(let set): set.contains(character)
      }
    }
  }

  private let tokens: [Token]
  /// What all texts that match begin and end with: most do not, which is soon told.
  private let beginning, ending: String

  package init(_ pattern: some StringProtocol) {
    var rest = Array(pattern.unicodeScalars)[...]
    var tokens: [Token] = []
    while let first = rest.popFirst() {
      switch first {
      case "*": tokens.append(.anyText)
      case "?": tokens.append(.anyCharacter)
      case "[": tokens.append(CharacterSet(takingFrom: &rest).map(Token.set) ?? .literal("["))
      case "\\": tokens.append(rest.popFirst().map(Token.literal) ?? .nothing)
      default: tokens.append(.literal(first))
      }
    }
    self.tokens = tokens
    beginning = Self.literals(of: tokens)
    let reversed = Self.literals(of: tokens.reversed()).unicodeScalars.reversed()
    ending = String(String.UnicodeScalarView(reversed))
  }

  /// Returns the text up to the first token that stands for more than itself.
  private static func literals(of tokens: [Token]) -> String {
    var text = String.UnicodeScalarView()
    for case .literal(let character) in tokens.prefix(while: \.isLiteral) { text.append(character) }
    return String(text)
  }

  /// Returns whether a text that begins with this character matches because the pattern begins so
  /// too.
  package func beginsLiterally(with character: Unicode.Scalar) -> Bool {
    tokens.first == .literal(character)
  }

  package func matches(_ text: some StringProtocol) -> Bool {
    guard text.utf8.starts(with: beginning.utf8),
      text.utf8.reversed().starts(with: ending.utf8.reversed())
    else { return false }
    // The last star and the place it was tried from: where a match fails, it takes one more.
    let text = Array(text.unicodeScalars)
    var (p, t) = (0, 0)
    var star: (token: Int, text: Int)?
    while t < text.count {
      if p < tokens.count, tokens[p] == .anyText {
        star = (p, t)
        p += 1
      } else if p < tokens.count, tokens[p].matches(text[t]) {
        (p, t) = (p + 1, t + 1)
      } else if let last = star {
        star = (last.token, last.text + 1)
        (p, t) = (last.token + 1, last.text + 1)
      } else {
        return false
      }
    }
    return tokens[p...].allSatisfy { $0 == .anyText }
  }
}

extension Glob {
  /// What stands between brackets, such as `0-9a`, `!x` or `[:digit:]`.
  fileprivate struct CharacterSet: Hashable, Sendable {
    private typealias Ranges = [ClosedRange<Unicode.Scalar>]

    private static let classes: [String: Ranges] = [
      "digit": ["0"..."9"], "lower": ["a"..."z"], "upper": ["A"..."Z"],
      "alpha": ["a"..."z", "A"..."Z"], "alnum": ["0"..."9", "a"..."z", "A"..."Z"],
      "xdigit": ["0"..."9", "a"..."f", "A"..."F"],
    ]

    private var isNegated = false
    private var ranges: Ranges = []

    /// Takes a set and the bracket that closes it; nil, with nothing taken, where none does.
    init?(takingFrom text: inout ArraySlice<Unicode.Scalar>) {
      var rest = text
      if rest.first == "!" || rest.first == "^" {
        isNegated = true
        rest.removeFirst()
      }
      // A bracket that comes first closes nothing.
      repeat {
        guard let member = Self.takeClass(from: &rest) ?? Self.takeRange(from: &rest) else {
          return nil
        }
        ranges += member
      } while rest.first != "]"
      rest.removeFirst()
      text = rest
    }

    func contains(_ character: Unicode.Scalar) -> Bool {
      ranges.contains { $0.contains(character) } != isNegated
    }

    private static func takeClass(from text: inout ArraySlice<Unicode.Scalar>) -> Ranges? {
      guard text.starts(with: "[:".unicodeScalars) else { return nil }
      let name = text.dropFirst(2).prefix { $0 != ":" }
      let rest = text[name.endIndex...]
      guard rest.starts(with: ":]".unicodeScalars) else { return nil }
      text = rest.dropFirst(2)
      return classes[String(String.UnicodeScalarView(name))] ?? []
    }

    private static func takeRange(from text: inout ArraySlice<Unicode.Scalar>) -> Ranges? {
      guard let first = takeCharacter(from: &text) else { return nil }
      guard text.first == "-", let next = text.dropFirst().first, next != "]" else {
        return [first...first]
      }
      text.removeFirst()
      guard let last = takeCharacter(from: &text) else { return nil }
      return first <= last ? [first...last] : []
    }

    private static func takeCharacter(from text: inout ArraySlice<Unicode.Scalar>)
      -> Unicode.Scalar?
    {
      guard let first = text.popFirst() else { return nil }
      return first == "\\" ? text.popFirst() : first
    }
  }
}
