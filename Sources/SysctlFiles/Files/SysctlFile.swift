/// A sysctl.conf or sysctl.d file, of which nothing is lost: its lines make up the same bytes again.
package struct SysctlFile: Hashable, Sendable {
  package let lines: [SysctlLine]

  package init(parsing bytes: [UInt8]) { lines = Array(SysctlLines(of: bytes[...])) }

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
