/// What the name of a host looks like: labels of letters, digits, dashes and underscores.
///
/// RFC 1123, section 2.1, and RFC 1035, section 2.3.4; with letters of other scripts, which some
/// resolvers translate.
enum HostName {
  /// Returns why a text is none; nil if it is one.
  static func objection(to text: String) -> String? {
    let isRooted = text.hasSuffix(".") && text != "."
    let name = isRooted ? text.dropLast() : text[...]
    let labels = name.split(separator: ".", omittingEmptySubsequences: false)
    guard !isNumeric(labels) else { return "“\(text.prefix(80))” is no IPv4 address" }
    guard name.utf8.count <= 253, labels.allSatisfy({ $0.utf8.count <= 63 }) else {
      return "“\(text.prefix(80))” is too long for a name"
    }
    guard labels.allSatisfy(isLabel) else {
      return "“\(text.prefix(80))” is neither an address nor a name"
    }
    return nil
  }

  /// Whether it looks like a mistyped address, or a range such as 10.0.0.1-5: resolvers take numbers
  /// for something else.
  private static func isNumeric(_ labels: [Substring]) -> Bool {
    if labels.count == 1, labels[0].contains("-") { return false }
    return labels.allSatisfy { label in
      let digits = label.hasPrefix("0x") || label.hasPrefix("0X") ? label.dropFirst(2) : nil
      return digits.map { $0.allSatisfy(\.isHexDigit) }
        ?? (!label.isEmpty && label.allSatisfy { $0.isNumber || $0 == "-" })
    }
  }

  private static func isLabel(_ label: Substring) -> Bool {
    !label.isEmpty && label.first != "-" && label.last != "-"
      && label.unicodeScalars.allSatisfy(isOfLabel)
  }

  private static func isOfLabel(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "-", "_": return true
    default: break
    }
    guard !scalar.isASCII else { return false }
    return switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .decimalNumber:
      true
    default: false
    }
  }
}
