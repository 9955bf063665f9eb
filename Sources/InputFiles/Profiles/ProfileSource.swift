/// The bytes of a profile and the name that errors give them.
package struct ProfileSource: Sendable {
  /// The path as it was given; of built-in profiles `built-in/server.yaml`.
  package let file: String
  package let bytes: [UInt8]

  package init(file: String, bytes: [UInt8]) {
    // The mark some editors put in front of UTF-8 would shift the first line by a column.
    let hasByteOrderMark = bytes.starts(with: [0xef, 0xbb, 0xbf])
    (self.file, self.bytes) = (file, hasByteOrderMark ? Array(bytes.dropFirst(3)) : bytes)
  }

  /// What may stand in a profile; larger ones are refused before they are parsed.
  static let mostBytes = 1_000_000

  /// Returns a line, counted from 1; empty where there is none.
  func line(_ number: Int) -> String {
    Self.lines(of: bytes).dropFirst(number - 1).first ?? ""
  }

  /// Returns the place of a byte, which is all that libyaml tells of what is no UTF-8.
  func mark(atByte offset: Int) -> Mark {
    let before = Self.lines(of: bytes.prefix(offset))
    let column = (before.last?.unicodeScalars.count ?? 0) + 1
    return Mark(self, line: max(1, before.count), column: column)
  }

  /// How many code points there are, where the last line has no end; nil where it has one.
  var openEnd: Int? {
    // Nearly all files end so.
    if bytes.last == UInt8(ascii: "\n") { return nil }
    let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars
    return scalars.last.map(Self.breaks.contains) == false ? scalars.count : nil
  }

  /// Returns the lines of a text as libyaml counts them, at least one; what is no UTF-8 becomes
  /// U+FFFD.
  private static func lines(of bytes: some Collection<UInt8>) -> [String] {
    var lines = [String.UnicodeScalarView()]
    var previous: Unicode.Scalar?
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      if scalar == "\n", previous == "\r" {
        // The second half of one line break.
      } else if breaks.contains(scalar) {
        lines.append(String.UnicodeScalarView())
      } else {
        lines[lines.count - 1].append(scalar)
      }
      previous = scalar
    }
    return lines.map(String.init)
  }

  private static let breaks: Set<Unicode.Scalar> = ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"]
}
