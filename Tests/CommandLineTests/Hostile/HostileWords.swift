import Testing

/// Text that tries to get through what is printed.
enum HostileWords: String, CaseIterable, CustomTestStringConvertible {
  /// What steers terminals, turns the direction of writing around, or is not seen.
  case unseen
  /// What begins something in one of the formats.
  case markup
  /// What begins a line of its own.
  case lines

  var text: String {
    switch self {
    case .unseen: Self.unseenText
    case .markup: Self.markupText
    case .lines: "evil\n::error::evil\n- evil\nevil 1\nnot ok 1 - evil"
    }
  }

  /// The same as a document takes it that refuses control characters.
  var documentText: String {
    self == .unseen
      ? "evil" + text.unicodeScalars.filter { $0.value > 0x9f }.map { "\($0)" }.joined() : text
  }

  var testDescription: String { rawValue }

  private static let unseenText: String = {
    let ranges: [ClosedRange<UInt32>] = [
      0x01...0x08, 0x0b...0x1f, 0x7f...0x9f, 0xad...0xad, 0x61c...0x61c, 0x200b...0x200f,
      0x2028...0x202e,
      0x2060...0x2064, 0x2066...0x206f, 0xfe0f...0xfe0f, 0xfeff...0xfeff, 0xfff9...0xfffb,
      0xe0001...0xe0001, 0xe0041...0xe0042, 0xe007f...0xe007f,
    ]
    let scalars = ranges.joined().compactMap(Unicode.Scalar.init)
    return "evil" + scalars.map { "\($0)" }.joined() + "evil"
  }()

  /// A formula comes first.
  private static let markupText =
    [
      "=evil|'/C calc'!A0", "@evil", "\"\u{301}evil", "'\u{301}evil", "\"} evil 1", "|evil=1",
      "|\u{301}evil",
      "| 'evil'=1;2;3", "::error file=evil::evil", "%0A::error::evil", "##[error]evil", "#evil",
      "#\u{301}evil",
      "# TODO evil", "<evil>", "</td></table><script>evil()</script>", "\" onevil=\"evil()",
      "<!-- evil",
      "--> evil", "]]><evil/>", "&evil;", "<\u{301}evil>", "[evil](javascript:evil())",
      "![evil](evil)", "**evil**",
      "`evil`", "``evil", "`\u{301}evil", "<javascript:evil()>", "\\", "\\evil", "evil\\n",
      "$(evil)", "{{ evil }}",
    ].joined(separator: " ")
}
