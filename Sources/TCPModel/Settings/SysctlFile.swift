/// The assignments of a sysctl.conf or sysctl.d file.
///
/// Source: sysctl.d(5) and sysctl.conf(5): comments begin with `#` or `;`, a leading `-` ignores
/// failures, the first separator decides whether `.` or `/` separates, and globs are allowed.
package struct SysctlFile: Sendable {
  package struct Assignment: Hashable, Sendable {
    /// From 1.
    package let line: Int
    /// The dotted name; may hold `*` and `?`.
    package let pattern: String
    package let value: String

    package func names(_ key: SysctlKey) -> Bool { Glob(pattern).matches(key.rawValue) }
  }

  package let assignments: [Assignment]

  package init(parsing text: some StringProtocol) {
    assignments = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .compactMap { index, line in Self.assignment(line, number: index + 1) }
  }

  private static func assignment(_ line: some StringProtocol, number: Int) -> Assignment? {
    var rest = line.drop { $0 == " " || $0 == "\t" }
    guard let first = rest.first, first != "#", first != ";" else { return nil }
    if first == "-" { rest = rest.dropFirst() }
    guard let equals = rest.firstIndex(of: "=") else { return nil }
    let name = rest[..<equals].trimmed
    guard !name.isEmpty else { return nil }
    return Assignment(
      line: number, pattern: dotted(name), value: rest[rest.index(after: equals)...].trimmed)
  }

  /// The dotted form of a name; written with `/`, its dots belong to a device's name.
  package static func dotted(_ name: String) -> String {
    guard let separator = name.first(where: { $0 == "." || $0 == "/" }), separator == "/" else {
      return name
    }
    return exchangingSeparators(name)
  }

  /// Dots for slashes and slashes for dots.
  static func exchangingSeparators(_ name: String) -> String {
    let (dot, slash) = (UInt8(ascii: "."), UInt8(ascii: "/"))
    return String(
      decoding: name.utf8.map { $0 == dot ? slash : $0 == slash ? dot : $0 }, as: UTF8.self)
  }
}

extension StringProtocol {
  /// Without the blanks and tabs at both ends.
  var trimmed: String {
    let isBlank = { (character: Character) in
      character == " " || character == "\t" || character == "\r"
    }
    guard let start = firstIndex(where: { !isBlank($0) }),
      let end = lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(self[start...end])
  }
}
