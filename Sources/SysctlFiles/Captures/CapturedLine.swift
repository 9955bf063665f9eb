package import TCPModel

/// What a line of a capture says.
package enum CapturedLine {
  case blank
  case comment
  /// An assignment or an exclusion, as the line of a file has it.
  case statement(SysctlLine, SysctlStatement)
  /// A complaint of `sysctl`, and what it tells of a key.
  case message(SysctlKey?, SysctlReading?)
  /// Nothing but numbers, perhaps with commas: what a terminal has wrapped.
  case rest
  case foreign

  init(_ line: SysctlLine) {
    switch line.content {
    case .blank: self = .blank
    case .comment: self = Self.isPrompt(line.text) ? .blank : .comment
    case .statement(let statement) where Self.isKey(statement.name.text):
      self = .statement(line, statement)
    case .statement, .malformed:
      let text = line.bytes.trimmed
      if Self.isMessage(text) {
        let message = SysctlMessage(line.text)
        self = .message(message.key, message.reading)
      } else if let (line, statement) = Self.assignment(withColon: line) {
        self = .statement(line, statement)
      } else {
        let isRest = text.allSatisfy { "0123456789,-".utf8.contains($0) || $0.isBlank }
        self = isRest ? .rest : .foreign
      }
    }
  }

  /// `sysctl -a` of other systems prints `key: value`.
  private static func assignment(withColon line: SysctlLine) -> (SysctlLine, SysctlStatement)? {
    guard let colon = line.bytes.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    var bytes = Array(line.bytes)
    bytes[colon - line.bytes.startIndex] = UInt8(ascii: "=")
    let changed = SysctlLine(number: line.number, bytes: bytes[...], ending: line.ending)
    guard case .statement(let statement) = changed.content, isKey(statement.name.text) else {
      return nil
    }
    return (changed, statement)
  }

  private static let directories = [
    "net", "abi", "crypto", "debug", "dev", "fs", "fscache", "kernel", "sunrpc", "user", "vm",
    "xen",
  ]

  /// Whether a name begins as one below `/proc/sys` does.
  package static func isKey(_ name: some StringProtocol) -> Bool {
    let (dot, slash) = (UInt8(ascii: "."), UInt8(ascii: "/"))
    let bytes = name.utf8.drop { $0 == slash }
    guard let end = bytes.firstIndex(where: { $0 == dot || $0 == slash }) else { return false }
    return directories.contains { bytes[..<end].elementsEqual($0.utf8) }
      && (bytes.allSatisfy { 0x21..<0x7F ~= $0 } || name.allSatisfy { !$0.isWhitespace })
  }

  /// Whether a comment is a command that root typed.
  private static func isPrompt(_ text: String) -> Bool {
    let words = text.split { $0 == "#" || $0.isWhitespace }
    return words.first.map { ["sysctl", "sudo", "/sbin/sysctl"].contains($0) } ?? false
  }

  /// procps to 3.2 writes `error:`, later ones and busybox `sysctl:`.
  private static func isMessage(_ text: ArraySlice<UInt8>) -> Bool {
    ["sysctl:", "error:", "warning:"].contains { text.starts(with: $0.utf8) }
  }
}
