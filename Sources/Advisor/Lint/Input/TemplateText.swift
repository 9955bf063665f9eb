import SysctlFiles

/// A text with what a template engine puts into it told apart: expressions and statements of Jinja, Go,
/// ERB and EPP, and what a shell replaces.
package struct TemplateText {
  /// It stands for each character that the engine replaces, so that columns stay; of a private area,
  /// and so in no other text.
  private static let filler: Unicode.Scalar = "\u{E000}"

  /// How a part begins and ends, and whether it may end in a later line.
  private static let marks: [(start: [Unicode.Scalar], end: [Unicode.Scalar], spansLines: Bool)] = [
    ("{{", "}}", true), ("{%", "%}", true), ("{#", "#}", true), ("<%", "%>", true),
    ("${", "}", false), ("%{", "}", false), ("$(", ")", false),
  ].map { (Array($0.unicodeScalars), Array($1.unicodeScalars), $2) }

  /// The lines with such a part in them, from 1.
  package private(set) var lines: Set<Int> = []
  /// The text with fillers; lines of nothing else are empty.
  package private(set) var filled = ""

  package init(_ text: String) {
    var scalars = Array(text.unicodeScalars)
    var (index, line) = (0, 1)
    while index < scalars.count {
      if let end = Self.end(ofPartAt: index, in: scalars) {
        lines.insert(line)
        for place in index..<end {
          if scalars[place] == "\n" {
            line += 1
            lines.insert(line)
          } else {
            scalars[place] = Self.filler
          }
        }
        index = end
      } else {
        if scalars[index] == "\n" { line += 1 }
        index += 1
      }
    }
    let parts = scalars.split(separator: "\n", omittingEmptySubsequences: false)
    filled = parts.map { Self.isEmpty($0) ? "" : String(String.UnicodeScalarView($0)) }
      .joined(separator: "\n")
  }

  /// One past the end; nil where none begins, or none ends.
  private static func end(ofPartAt index: Int, in scalars: [Unicode.Scalar]) -> Int? {
    guard "{<$%".unicodeScalars.contains(scalars[index]) else { return nil }
    let rest = scalars[index...]
    guard let mark = marks.first(where: { rest.starts(with: $0.start) }) else { return nil }
    for place in (index + 2)..<max(index + 2, scalars.count) {
      if scalars[place] == "\n", !mark.spansLines { return nil }
      if scalars[place...].starts(with: mark.end) { return place + mark.end.count }
    }
    return nil
  }

  private static func isEmpty(_ line: ArraySlice<Unicode.Scalar>) -> Bool {
    line.contains(filler) && line.allSatisfy { $0 == filler || $0 == " " || $0 == "\t" }
  }

  /// Whether a text holds something that was filled in.
  package static func isFilled(_ text: some StringProtocol) -> Bool {
    text.unicodeScalars.contains(filler)
  }
}

extension TemplateText {
  /// Returns the lines of a sysctl file that a template engine changes, remarks aside.
  static func lines(of text: SysctlFile) -> Set<Int> {
    // Bytes first: hardly any file is a template.
    guard text.lines.contains(where: { $0.content != .comment && $0.bytes.mayBeTemplate }),
      !text.hasControlBytes
    else { return [] }
    let lines = TemplateText(String(decoding: text.bytes, as: UTF8.self)).lines
    return lines.filter { number in
      guard text.lines.indices.contains(number - 1) else { return false }
      return ![.blank, .comment].contains(text.lines[number - 1].content)
    }
  }
}

extension SysctlFile {
  /// Whether a NUL or a carriage return stands within a line, as in what is no text.
  var hasControlBytes: Bool { lines.contains { $0.content == .malformed(.innerBreak) } }
}

extension ArraySlice<UInt8> {
  fileprivate var mayBeTemplate: Bool {
    var last: UInt8 = 0
    for byte in self {
      switch byte {
      case UInt8(ascii: "{"):
        if last == byte || last == UInt8(ascii: "$") || last == UInt8(ascii: "%") { return true }
      case UInt8(ascii: "%"), UInt8(ascii: "#"):
        if last == UInt8(ascii: "{") || last == UInt8(ascii: "<") { return true }
      case UInt8(ascii: "("): if last == UInt8(ascii: "$") { return true }
      default: break
      }
      last = byte
    }
    return false
  }
}
