extension String {
  /// The text with escapes for what would steer a terminal or turn the direction of writing around.
  ///
  /// Everything that is printed or emitted passes through here, or through JSON's escapes for the
  /// same characters. Line breaks and tabs stay.
  package var printable: String { escaping { $0.steersTerminals } }

  /// The same on one line: line breaks and tabs have escapes as well.
  package var printableLine: String {
    escaping { $0.steersTerminals || $0 == "\n" || $0 == "\t" }
  }

  private func escaping(_ isEscaped: (Unicode.Scalar) -> Bool) -> String {
    // Bytes first: nearly every text is of plain characters alone.
    if utf8.allSatisfy({ (0x20..<0x7f).contains($0) }) { return self }
    guard unicodeScalars.contains(where: isEscaped) else { return self }
    var text = ""
    for scalar in unicodeScalars {
      if isEscaped(scalar) {
        text += scalar.value < 0x100 ? "\\x" + scalar.hexDigits(2) : "\\u" + scalar.hexDigits(4)
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}

extension Unicode.Scalar {
  /// Whether it is a control character (C0, DEL, C1), or one of the direction of writing or another
  /// line break; a line feed and a tab are not.
  var steersTerminals: Bool {
    switch value {
    case 0x09, 0x0a: false
    case ..<0x20, 0x7f...0x9f: true
    case 0x61c, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069: true
    default: false
    }
  }

  /// In hexadecimal, with so many digits at least.
  func hexDigits(_ count: Int) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: max(0, count - digits.count)) + digits
  }
}
