import TCPModel

/// What a line says: `name = value`, `-name = value`, or `-name` alone, which keeps globs from keys.
package struct SysctlStatement: Hashable, Sendable {
  /// A piece of a line, without the blanks around it.
  package struct Word: Hashable, Sendable {
    package let text: String
    /// In bytes from the beginning of the line.
    package let range: Range<Int>

    fileprivate init(_ bytes: ArraySlice<UInt8>, of line: ArraySlice<UInt8>) {
      text = String(decoding: bytes, as: UTF8.self)
      range = bytes.startIndex - line.startIndex..<bytes.endIndex - line.startIndex
    }
  }

  /// Where a leading `-` stands, in bytes from the beginning of the line.
  package let hyphen: Int?
  package let name: Word
  package let pattern: SysctlPattern
  /// What is written to the keys, without a newline; nil for a name that only excludes.
  package let value: Word?

  /// The loader goes on in silence where the kernel refuses the value.
  package var ignoresFailure: Bool { hyphen != nil && value != nil }

  /// Blanks stand between the leading `-` and the name.
  package var isNameApart: Bool { hyphen.map { $0 + 1 < name.range.lowerBound } ?? false }

  init(parsing text: ArraySlice<UInt8>, of line: ArraySlice<UInt8>) throws(SysctlLine.Fault) {
    let hasHyphen = text.first == UInt8(ascii: "-")
    hyphen = hasHyphen ? text.startIndex - line.startIndex : nil
    let sign = text.firstIndex(of: UInt8(ascii: "="))
    guard hasHyphen || sign != nil else { throw .noAssignment }

    let name = text[..<(sign ?? text.endIndex)].dropFirst(hasHyphen ? 1 : 0).trimmed
    guard let first = name.first else { throw .noName }
    guard first != UInt8(ascii: "-") else { throw .secondHyphen }
    guard !name.contains(where: \.isBlank) else { throw .blankInName }
    self.name = Word(name, of: line)
    pattern = SysctlPattern(parsing: self.name.text)
    value = sign.map { Word(text[($0 + 1)...].trimmed, of: line) }
  }
}
