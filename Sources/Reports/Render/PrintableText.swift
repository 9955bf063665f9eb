extension String {
  /// The text with escapes for what would steer a terminal or turn the direction of writing around.
  ///
  /// Line breaks and tabs stay.
  package var printable: String {
    guard unicodeScalars.contains(where: \.steersTerminals) else { return self }
    var text = ""
    for scalar in unicodeScalars {
      if scalar.steersTerminals {
        let digits = String(scalar.value, radix: 16)
        text += scalar.value < 0x100 ? "\\x\(digits.count < 2 ? "0" : "")\(digits)" : "\\u\(digits)"
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}

extension Unicode.Scalar {
  fileprivate var steersTerminals: Bool {
    switch self {
    case "\n", "\t": false
    case "\0"..."\u{1f}", "\u{7f}"..."\u{9f}": true
    // Of the direction of writing, and other line breaks.
    case "\u{61c}", "\u{200e}", "\u{200f}", "\u{2028}"..."\u{202e}", "\u{2066}"..."\u{2069}": true
    default: false
    }
  }
}
