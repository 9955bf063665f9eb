import TCPModel

/// A text of lines `name = value` below headings `[section]`, as systemd, TuneD and saptune have it;
/// without headings also what a shell reads to set variables.
struct SectionedText {
  struct Assignment: Hashable {
    /// Empty above the first heading.
    let section: String
    let name: String
    /// Without quotes around it.
    let value: String
    /// From 1.
    let line: Int
  }

  let assignments: [Assignment]

  init(parsing text: String) {
    var section = ""
    var assignments: [Assignment] = []
    let file = SysctlFile(parsing: text)
    for line in file.lines {
      let bytes = line.bytes.trimmed
      switch bytes.first {
      case nil, UInt8(ascii: "#"), UInt8(ascii: ";"): continue
      case UInt8(ascii: "["):
        section = String(
          decoding: bytes.dropFirst().prefix { $0 != UInt8(ascii: "]") }, as: UTF8.self)
      default:
        guard let sign = bytes.firstIndex(of: UInt8(ascii: "=")) else { continue }
        assignments.append(
          Assignment(
            section: section, name: String(decoding: bytes[..<sign].trimmed, as: UTF8.self),
            value: Self.value(bytes[(sign + 1)...].trimmed), line: line.number))
      }
    }
    self.assignments = assignments
  }

  /// Without a remark after it, and without quotes.
  private static func value(_ bytes: ArraySlice<UInt8>) -> String {
    if let quote = bytes.first, "\"'".utf8.contains(quote) {
      return String(decoding: bytes.dropFirst().prefix { $0 != quote }, as: UTF8.self)
    }
    let remark = bytes.indices.first {
      bytes[$0] == UInt8(ascii: "#") && $0 > bytes.startIndex && bytes[$0 - 1].isBlank
    }
    return String(decoding: bytes[..<(remark ?? bytes.endIndex)].trimmed, as: UTF8.self)
  }
}

extension [SectionedText.Assignment] {
  /// The last value of a name in a section; nil if it is not assigned.
  func value(of name: String, in section: String = "") -> String? {
    last { $0.section == section && $0.name == name }?.value
  }
}

extension String {
  /// Whether configuration files mean yes by it.
  var isYes: Bool { ["1", "yes", "true", "on", "y", "t"].contains(lowercased()) }
  /// Whether configuration files mean no by it.
  var isNo: Bool { ["0", "no", "false", "off", "n", "f"].contains(lowercased()) }
}
