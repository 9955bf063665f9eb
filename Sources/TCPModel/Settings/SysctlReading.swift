/// What one sysctl gave when it was read.
package enum SysctlReading: Hashable, Sendable {
  case value(SysctlValue)
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
      self = .value(.number(number))
      return
    }
    let text = parts.map { String(Substring($0)) }.joined(separator: " ")
    let numbers = parts.compactMap { Int(Substring($0)) }
    let isRow = !numbers.isEmpty && numbers.count == parts.count
    switch definition?.kind {
    case nil: self = .value(isRow ? SysctlValue(numbers) : .text(text))
    // No kernel prints what it would not take; played, such a number could take for ever.
    case .number: self = .malformed(text)
    case .numbers(let count):
      self = isRow && numbers.count == count ? .value(.numbers(numbers)) : .malformed(text)
    case .text: self = .value(.text(text))
    }
  }

  /// What it holds; nil where it holds nothing.
  package var value: SysctlValue? {
    if case .value(let value) = self { value } else { nil }
  }

  /// The one number that it holds; nil where it holds none.
  package var number: Int? { value?.number }

  /// The value as `/proc` prints it, tabs as one blank; nil where there is none.
  package var printed: String? { value?.printed }
}
