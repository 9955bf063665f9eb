extension String {
  /// The text of a log so that no runner of pipelines takes a part of it for a command to itself: GitHub's
  /// and Azure's take `##[error]` anywhere in a line, and GitHub's a line that begins with `::error::`.
  package var withoutLogCommands: String {
    guard mayHoldLogCommands else { return self }
    let text = ["##[", "##vso[", "##teamcity["].reduce(self) { text, mark in
      text.replacingEach(mark, with: "#\\x23\(mark.dropFirst(2))")
    }
    // Any word may come to begin a line.
    return text.unicodeScalars.split(separator: " ", omittingEmptySubsequences: false)
      .map { word in
        Self.isLogCommand(word.drop { $0 == "\t" })
          ? String(word).replacingEach("::", with: "\\x3a:") : String(word)
      }.joined(separator: " ")
  }

  /// Most texts have neither mark, and need no closer look.
  private var mayHoldLogCommands: Bool {
    zip(utf8, utf8.dropFirst()).contains { byte, next in
      byte == next && (byte == UInt8(ascii: "#") || byte == UInt8(ascii: ":"))
    }
  }

  /// Whether a word is `::` with a name behind it; `::ffff` is an address.
  private static func isLogCommand(_ word: Substring.UnicodeScalarView) -> Bool {
    guard word.starts(with: "::".unicodeScalars) else { return false }
    let name = word.dropFirst(2).prefix { $0 == "-" || $0.properties.isAlphabetic }
    let isAddress = name.count <= 4 && name.allSatisfy { $0.properties.isASCIIHexDigit }
    let rest = word.dropFirst(2 + name.count)
    return !isAddress && (rest.isEmpty || rest.starts(with: "::".unicodeScalars))
  }
}
