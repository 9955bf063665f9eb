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
  }

  package let values: [SysctlKey: String]
  package let denied: [SysctlKey: String]

  /// - Throws: `Malformed` for the first line that holds neither `=` nor `:`, for a last line that
  ///   does not end (a truncated capture), or when nothing of `net.` is there.
  package init(parsing text: some StringProtocol) throws(Malformed) {
    var values: [SysctlKey: String] = [:]
    var denied: [SysctlKey: String] = [:]
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if let last = lines.last, !last.trimmed.isEmpty {
      // Cut inside a number, the rest would still look like one.
      throw Malformed(
        line: lines.count, text: last.trimmed,
        reason: "the last line does not end: the text is cut off, or a newline is missing")
    }
    for (index, line) in lines.enumerated() {
      let content = line.trimmed
      if content.isEmpty || content.hasPrefix("#") { continue }
      if let key = Self.refusal(content) {
        denied[key] = Glob("*ermission denied*").matches(content) ? "EACCES" : "EIO"
        continue
      }
      guard let (key, value) = Self.assignment(content) else {
        throw Malformed(
          line: index + 1, text: content, reason: "neither `key = value` nor `key: value`")
      }
      values[key] = values[key].map { "\($0) \(value)" } ?? value
    }
    guard values.keys.contains(where: { $0.rawValue.hasPrefix("net.") }) else {
      throw Malformed(line: lines.count, text: "", reason: "no key that begins with `net.`")
    }
    (self.values, self.denied) = (values, denied)
  }

  /// `sysctl: permission denied on key 'net.ipv4.…'` and `sysctl: reading key "…"`.
  private static func refusal(_ line: String) -> SysctlKey? {
    guard line.hasPrefix("sysctl:") else { return nil }
    let quoted = line.split { $0 == "'" || $0 == "\"" || $0 == "“" || $0 == "”" }
    return quoted.count >= 2 ? SysctlKey(SysctlFile.dotted(String(quoted[1]))) : SysctlKey("")
  }

  private static func assignment(_ line: String) -> (SysctlKey, String)? {
    guard let separator = line.firstIndex(where: { $0 == "=" || $0 == ":" }) else { return nil }
    let name = line[..<separator].trimmed
    guard !name.isEmpty, name.contains(where: { $0 == "." || $0 == "/" }),
      !name.contains(where: { $0 == " " || $0 == "\t" })
    else { return nil }
    let value = line[line.index(after: separator)...].trimmed
    return (SysctlKey(SysctlFile.dotted(name)), value)
  }
}

extension SettingsSnapshot {
  /// The settings that a dump holds; its own `kernel.osrelease` names the kernel.
  package init(_ dump: SysctlDump, source: String) {
    var readings: [SysctlKey: SysctlReading] = [:]
    for (key, value) in dump.values {
      readings[key] = SysctlReading(parsing: value, for: SysctlCatalog[key])
    }
    for (key, errno) in dump.denied { readings[key] = .denied(errno) }
    self.init(
      source: source,
      kernel: dump.values[SysctlKey("kernel.osrelease")].flatMap { KernelVersion($0) },
      tickRate: nil, readings: readings)
  }
}
