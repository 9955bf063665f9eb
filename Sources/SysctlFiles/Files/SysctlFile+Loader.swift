extension SysctlFile {
  /// systemd-sysctl reads a file up to its first line of this length, LONG_LINE_MAX.
  private static let longestLine = 1 << 20

  /// Returns what a loader sees the lines say, from top to bottom.
  func statements(readBy loader: SysctlLoader) -> [(line: Int, statement: SysctlStatement)] {
    lines
      .prefix { loader != .systemd || $0.bytes.count < Self.longestLine }
      .flatMap { line in
        line.contents(readBy: loader).compactMap { content in
          guard case .statement(let statement) = content else { return nil }
          return (line.number, statement)
        }
      }
  }
}

extension SysctlLine {
  private static let nul = UInt8(0)
  private static let carriageReturn = UInt8(ascii: "\r")

  /// NULs and carriage returns end a line too, or cut it off.
  fileprivate func contents(readBy loader: SysctlLoader) -> [Content] {
    guard content == .malformed(.innerBreak) else { return [content] }
    let isBreak = { (byte: UInt8) in byte == Self.nul || byte == Self.carriageReturn }
    let parts =
      switch loader {
      case .systemd: bytes.split(whereSeparator: isBreak)
      case .procps3, .procps3_3_17: [bytes.trimmed.prefix { !isBreak($0) }]
      case .procps4, .procps4_0_5: [bytes.prefix { $0 != Self.nul }]
      case .tuned: bytes.split { $0 == Self.carriageReturn }
      }
    return parts.map(Content.init(parsing:))
  }
}
