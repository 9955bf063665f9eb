/// A sysctl.conf or sysctl.d file, of which nothing is lost: its lines make up the same bytes again.
package struct SysctlFile: Hashable, Sendable {
  package let lines: [SysctlLine]

  package init(parsing bytes: [UInt8]) {
    let newline = UInt8(ascii: "\n")
    var lines: [SysctlLine] = []
    var rest = bytes[...]
    while let end = rest.firstIndex(of: newline) {
      let isReturned = end > rest.startIndex && rest[end - 1] == UInt8(ascii: "\r")
      lines.append(
        SysctlLine(
          number: lines.count + 1, bytes: rest[..<(isReturned ? end - 1 : end)],
          ending: isReturned ? .carriageReturnNewline : .newline))
      rest = rest[(end + 1)...]
    }
    if !rest.isEmpty {
      lines.append(SysctlLine(number: lines.count + 1, bytes: rest, ending: .none))
    }
    self.lines = lines
  }

  init(_ lines: [SysctlLine]) { self.lines = lines }

  package init(parsing text: some StringProtocol) { self.init(parsing: Array(text.utf8)) }

  package var bytes: [UInt8] { lines.flatMap { $0.bytes + Array($0.ending.rawValue.utf8) } }

  /// What the lines say, from top to bottom.
  package var statements: [SysctlStatement] {
    lines.compactMap { line in
      guard case .statement(let statement) = line.content else { return nil }
      return statement
    }
  }
}
