import TCPModel

/// A line of a sysctl file, with all its bytes.
package struct SysctlLine: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    case blank
    /// It begins with `#` or `;`.
    case comment
    /// Apart, for lines are handed on often.
    indirect case statement(SysctlStatement)
    case malformed(Fault)
  }

  /// Why a line says nothing although it is no comment.
  package enum Fault: Hashable, Sendable {
    /// Neither a `=` nor a leading `-`.
    case noAssignment
    case noName
    /// As in `sysctl -w key = value`.
    case blankInName
    /// systemd-sysctl takes the second `-` for a part of the name; procps 4 leaves it out.
    case secondHyphen
    /// The loaders take the mark at the beginning of a file for a part of the first name.
    case byteOrderMark
    /// A NUL or a carriage return in the midst of the line, even of a comment: loaders part it there,
    /// or cut it off.
    case innerBreak
  }

  /// The characters that end a line.
  package enum Ending: String, Hashable, Sendable {
    case newline = "\n"
    case carriageReturnNewline = "\r\n"
    /// Of the last line, where the file does not end with a newline.
    case none = ""
  }

  /// From 1.
  package let number: Int
  /// Without the ending.
  package let bytes: ArraySlice<UInt8>
  package let ending: Ending
  package let content: Content

  init(number: Int, bytes: ArraySlice<UInt8>, ending: Ending) {
    (self.number, self.bytes, self.ending) = (number, bytes, ending)
    // Blanks take the carriage returns at both ends.
    let hasBreak = bytes.trimmed.contains { $0 == 0 || $0 == UInt8(ascii: "\r") }
    content = hasBreak ? .malformed(.innerBreak) : Content(parsing: bytes)
  }

  /// What is no UTF-8 shows as U+FFFD.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Returns the column of a byte of the line, from 1, in Unicode scalars.
  package func column(of byte: Int) -> Int {
    1 + bytes.prefix(byte).count { $0 & 0b1100_0000 != 0b1000_0000 }
  }
}

extension SysctlLine.Content {
  /// Reads a line as sysctl.d(5) and sysctl.conf(5) have it.
  init(parsing line: ArraySlice<UInt8>) {
    let text = line.trimmed
    switch text.first {
    case nil: self = .blank
    case UInt8(ascii: "#"), UInt8(ascii: ";"): self = .comment
    case _ where text.withoutByteOrderMark.count < text.count: self = .malformed(.byteOrderMark)
    default:
      do throws(SysctlLine.Fault) {
        self = .statement(try SysctlStatement(parsing: text, of: line))
      } catch {
        self = .malformed(error)
      }
    }
  }
}

extension SysctlLine.Fault: Error {}

extension ArraySlice<UInt8> {
  /// Without the blanks at both ends.
  var trimmed: Self {
    guard let start = firstIndex(where: { !$0.isBlank }),
      let end = lastIndex(where: { !$0.isBlank })
    else { return prefix(0) }
    return self[start...end]
  }

  /// Without the mark that some editors put at the beginning of a file.
  package var withoutByteOrderMark: Self {
    let mark = "\u{FEFF}".utf8
    return starts(with: mark) ? dropFirst(mark.count) : self
  }
}
