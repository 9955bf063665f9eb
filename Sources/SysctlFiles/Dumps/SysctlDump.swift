package import TCPModel

/// What `sysctl -a` printed on some host.
///
/// Lines read `key = value` or, with `sysctl -e` of older or other systems, `key: value`; a key may
/// repeat with further values on lines of its own (as `kernel.domain…` text does), which are joined.
package struct SysctlDump: Sendable {
  /// A line that is no assignment.
  package struct Malformed: Error, Hashable, Sendable {
    /// From 1.
    package let line: Int
    package let text: String
    package let reason: String

    fileprivate init(_ line: SysctlLine, _ reason: String) {
      (self.line, self.reason) = (line.number, reason)
      text = String(decoding: line.bytes.trimmed, as: UTF8.self)
    }

    fileprivate init(line: Int, _ reason: String) {
      (self.line, text, self.reason) = (line, "", reason)
    }
  }

  private enum Answer {
    case value(SysctlKey, String)
    /// With the errno's name.
    case denied(SysctlKey, String)
  }

  package private(set) var values: [SysctlKey: String] = [:]
  package private(set) var denied: [SysctlKey: String] = [:]

  /// - Throws: `Malformed` for the first line that holds neither `=` nor `:`, for a last line that
  ///   does not end (a truncated capture), or when nothing of `net.` is there.
  package init(parsing text: some StringProtocol) throws(Malformed) {
    let lines = SysctlFile(parsing: text).lines
    if let last = lines.last, last.ending == .none, last.content != .blank {
      // Cut inside a number, the rest would still look like one.
      throw Malformed(
        last, "the last line does not end: the text is cut off, or a newline is missing")
    }
    for line in lines where line.content != .blank && line.content != .comment {
      switch Self.answer(in: line) {
      case .value(let key, let value): values[key] = values[key].map { "\($0) \(value)" } ?? value
      case .denied(let key, let errno): denied[key] = errno
      case nil: throw Malformed(line, "neither `key = value` nor `key: value`")
      }
    }
    guard values.keys.contains(where: { $0.rawValue.hasPrefix("net.") }) else {
      throw Malformed(line: lines.count + 1, "no key that begins with `net.`")
    }
  }

  private static func answer(in line: SysctlLine) -> Answer? {
    let text = line.bytes.trimmed
    if text.starts(with: "sysctl:".utf8) {
      let key = refusedKey(in: line.text)
      return .denied(key, Glob("*ermission denied*").matches(line.text) ? "EACCES" : "EIO")
    }
    guard let separator = text.firstIndex(where: { "=:".utf8.contains($0) }) else { return nil }
    let name = text[..<separator].trimmed
    guard name.contains(where: { "./".utf8.contains($0) }), !name.contains(where: \.isBlank)
    else { return nil }
    return .value(
      SysctlKey(parsing: String(decoding: name, as: UTF8.self)),
      String(decoding: text[(separator + 1)...].trimmed, as: UTF8.self))
  }

  /// `sysctl: permission denied on key 'net.ipv4.…'` and `sysctl: reading key "…"`.
  private static func refusedKey(in text: String) -> SysctlKey {
    let quoted = text.split { $0 == "'" || $0 == "\"" || $0 == "“" || $0 == "”" }
    return SysctlKey(parsing: quoted.count >= 2 ? String(quoted[1]) : "")
  }
}
