/// What the reader's terminal or file can show.
package enum Charset: Sendable {
  case utf8, ascii

  /// The charset that the name of a locale ends in: `en_GB.UTF-8`, `C.utf8`, `de_DE@euro`.
  ///
  /// Written as setlocale(3) takes it: case and signs do not matter, what follows `@` is no charset.
  package init(ofLocale name: String) {
    let name = name.prefix { $0 != "@" }
    let codeset = name.split(separator: ".").last ?? ""
    let letters = codeset.filter { $0.isLetter || $0.isNumber }.lowercased()
    self = letters == "utf8" ? .utf8 : .ascii
  }

  /// The text with nothing that the charset lacks; what has no likeness becomes a question mark.
  package func plain(_ text: String) -> String {
    guard self == .ascii, !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
    var plain = ""
    for scalar in text.unicodeScalars {
      if scalar.isASCII {
        plain.unicodeScalars.append(scalar)
      } else {
        plain += Self.likeness(of: scalar)
      }
    }
    return plain
  }

  private static func likeness(of scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "–", "−", "‐", "‑": "-"
    case "—": "--"
    case "“", "”", "„": "\""
    case "‘", "’": "'"
    case "→": "->"
    case "…": "..."
    case "≥": ">="
    case "≤": "<="
    case "×": "x"
    case "·": "*"
    case "µ", "μ": "u"
    case "±": "+-"
    case "\u{A0}", "\u{202F}": " "
    default: "?"
    }
  }
}
