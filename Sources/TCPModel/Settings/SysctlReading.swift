/// What one sysctl gave when it was read.
package enum SysctlReading: Hashable, Sendable {
  /// One whole number.
  case value(Int)
  /// Text that is not one number: a name, a list, a triple (parts joined by one blank).
  case text(String)
  /// The kernel, or the captured file, has no such key.
  case absent
  /// The kernel refused to tell; the name of the errno, for example `EACCES`.
  case denied(String)
  /// The file was there and what it held is not what the key holds.
  case malformed(String)

  /// Reads what `/proc/sys` or `sysctl -a` printed for `definition`.
  package init(parsing printed: String, for definition: Sysctl?) {
    // Bytes, because a host's settings are read at every start; all blanks are ASCII.
    let parts = printed.utf8.split { $0 == 0x20 || (0x09...0x0d).contains($0) }
    if definition?.kind == .number, parts.count == 1,
      let number = Int(Substring(parts[0])), definition?.accepts(number) == true
    {
      self = .value(number)
      return
    }
    let text = parts.map { String(Substring($0)) }.joined(separator: " ")
    guard let definition else {
      self = Int(text).map(SysctlReading.value) ?? .text(text)
      return
    }
    switch definition.kind {
    // No kernel prints what it would not take; played, such a number could take for ever.
    case .number: self = .malformed(text)
    case .numbers(let count):
      let allNumbers = parts.allSatisfy { Int(Substring($0)) != nil }
      self = parts.count == count && allNumbers ? .text(text) : .malformed(text)
    case .text: self = .text(text)
    }
  }

  /// The value as `/proc` prints it, tabs as one blank; nil where there is none.
  package var printed: String? {
    switch self {
    case .value(let number): "\(number)"
    case .text(let text): text
    case .absent, .denied, .malformed: nil
    }
  }
}
