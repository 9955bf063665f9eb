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
        text += scalar.visibleEscape
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}

extension Unicode.Scalar {
  /// Whether it is a control character (C0, DEL, C1), another line break, one of the direction of
  /// writing, or one that nobody sees, such as a joiner or a tag; a line feed and a tab are not.
  var steersTerminals: Bool {
    switch value {
    case 0x09, 0x0a: false
    case ..<0x20, 0x7f...0x9f: true
    case ..<0xad: false
    // Line and paragraph separators, and what annotates between the lines.
    case 0x2028, 0x2029, 0xfff9...0xfffb: true
    default: properties.isDefaultIgnorableCodePoint
    }
  }

  /// As C and Python write it: `\x1b`, `\u202e`, `\U000e0041`.
  fileprivate var visibleEscape: String {
    switch value {
    case ..<0x100: "\\x" + value.hexDigits(2)
    case ..<0x10000: "\\u" + value.hexDigits(4)
    default: "\\U" + value.hexDigits(8)
    }
  }
}

extension BinaryInteger {
  /// In hexadecimal, with so many digits at least.
  func hexDigits(_ count: Int) -> String {
    let digits = String(self, radix: 16)
    return String(repeating: "0", count: max(0, count - digits.count)) + digits
  }
}
