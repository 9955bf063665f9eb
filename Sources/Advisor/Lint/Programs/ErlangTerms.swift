import SysctlFiles

/// The terms of a configuration of Erlang: `[{rabbit, [{tcp_listen_options, [{backlog, 128}]}]}].`
///
/// A tuple whose first element is a word is an entry of a map; what follows is its value, or a list of
/// values. What is no term is passed over.
struct ErlangTerms {
  let trees: [ConfigurationTree]

  /// Deeper brackets are passed over.
  static let deepest = 100

  init(_ text: SysctlFile) {
    var parser = Parser(tokens: text.lines.flatMap(Self.tokens))
    trees = parser.terms(until: nil, depth: 0)
  }

  private static func tokens(of line: SysctlLine) -> [ConfigurationWord] {
    var scanner = WordScanner(line.text, line: line.number)
    var tokens: [ConfigurationWord] = []
    while true {
      scanner.skipBlanks()
      guard let next = scanner.next, next != "%" else { return tokens }
      if scanner.isAt("<<") {
        tokens.append(scanner.binary())
      } else if "[]{},".contains(next) {
        tokens.append(scanner.take(1))
      } else {
        tokens.append(scanner.word { $0.isBlank || "[]{},%".contains($0) })
      }
    }
  }

  private struct Parser {
    let tokens: [ConfigurationWord]
    private var position = 0

    init(tokens: [ConfigurationWord]) { self.tokens = tokens }

    /// Takes the terms up to a bracket, and the bracket.
    mutating func terms(until end: String?, depth: Int) -> [ConfigurationTree] {
      var terms: [ConfigurationTree] = []
      while position < tokens.count {
        let token = tokens[position]
        position += 1
        switch token.text {
        case "[" where depth < ErlangTerms.deepest:
          terms.append(Self.list(self.terms(until: "]", depth: depth + 1)))
        case "{" where depth < ErlangTerms.deepest:
          terms.append(Self.tuple(self.terms(until: "}", depth: depth + 1)))
        case "]", "}":
          if token.text == end { return terms }
        case ",", "[", "{": continue
        default: terms.append(.scalar(token))
        }
      }
      return terms
    }

    /// A list of entries is a map.
    private static func list(_ items: [ConfigurationTree]) -> ConfigurationTree {
      let entries = items.compactMap { item -> [ConfigurationTree.Entry]? in
        if case .map(let entries) = item { entries } else { nil }
      }
      return entries.isEmpty ? .list(items) : .map(entries.flatMap(\.self))
    }

    private static func tuple(_ items: [ConfigurationTree]) -> ConfigurationTree {
      guard let key = items.first?.word, items.count > 1 else { return .list(items) }
      let value = items.count == 2 ? items[1] : .list(Array(items.dropFirst()))
      return .map([ConfigurationTree.Entry(key, value)])
    }
  }
}

extension WordScanner {
  /// Takes what stands between `<<` and `>>`, with these.
  fileprivate mutating func binary() -> ConfigurationWord {
    var last: [Character] = []
    return take { character in
      defer { last = last.suffix(1) + [character] }
      return last == [">", ">"]
    }
  }
}
