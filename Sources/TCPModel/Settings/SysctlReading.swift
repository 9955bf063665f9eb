/// What one sysctl gave when it was read.
package enum SysctlReading: Hashable, Sendable {
  case value(SysctlValue)
  /// The kernel, or the captured file, has no such key.
  case absent
  /// The kernel refused to tell; the name of the errno, for example `EACCES`.
  case denied(String)
  /// The file was there and what it held is not what the key holds.
  case malformed(String)

  /// Reads what was printed or is to be written, as the kernel would: of numbers it takes as many as
  /// it has, and leaves what follows them. The range is not looked at: another release may have
  /// another one.
  package init(parsing printed: String, for definition: Sysctl?) {
    // Bytes, because a host's settings are read at every start; all blanks are ASCII.
    let words = printed.utf8.split { $0.isBlank }
    var text: String { words.map { String(Substring($0)) }.joined(separator: " ") }
    guard let definition else {
      self = .value(Self.numbers(in: words).map { SysctlValue($0) } ?? .text(text))
      return
    }
    switch definition.kind {
    case .number:
      let number = words.first.flatMap { KernelNumber.parse($0) }
      let held = number.flatMap { KernelNumber.range.contains($0) ? $0 : nil }
      self = held.map { .value(.number($0)) } ?? .malformed(text)
    case .numbers(let count):
      let numbers = words.prefix(count).compactMap { KernelNumber.parse($0) }
      self = numbers.count == count ? .value(.numbers(numbers)) : .malformed(text)
    case .text:
      // The kernel looks for a name with all that follows it.
      let isName = definition.unit != .name || words.count <= 1
      self = isName ? .value(.text(text)) : .malformed(text)
    }
  }

  /// Of a key that is in no catalogue: numbers, perhaps with a remark after them; nil for text.
  private static func numbers(in words: [Substring.UTF8View]) -> [Int]? {
    let row = words.prefix { $0.first != UInt8(ascii: "#") }
    let numbers = row.compactMap { KernelNumber.parse($0) }
    return numbers.isEmpty || numbers.count < row.count ? nil : numbers
  }

  /// What it holds; nil if it holds nothing.
  package var value: SysctlValue? {
    if case .value(let value) = self { value } else { nil }
  }

  /// The one number that it holds; nil if it holds none.
  package var number: Int? { value?.number }

  /// The value as `/proc` prints it, tabs as one blank; nil if there is none.
  package var printed: String? { value?.printed }
}

extension UInt8 {
  /// Whether it is a blank, a tab or a break of lines or pages, as `isspace` has it.
  package var isBlank: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}
