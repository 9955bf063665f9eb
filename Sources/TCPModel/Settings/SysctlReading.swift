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
    guard let definition else {
      let numbers = Self.numbers(in: Self.words(of: printed, atMost: Self.mostNumbers + 1))
      self = .value(numbers.map { SysctlValue($0) } ?? .text(Self.text(of: printed)))
      return
    }
    switch definition.kind {
    case .number:
      let number = Self.words(of: printed, atMost: 1).first.flatMap { KernelNumber.parse($0) }
      let held = number.flatMap { KernelNumber.range.contains($0) ? $0 : nil }
      self = held.map { .value(.number($0)) } ?? .malformed(Self.text(of: printed))
    case .numbers(let count):
      let numbers = Self.words(of: printed, atMost: count).compactMap { KernelNumber.parse($0) }
      self =
        numbers.count == count ? .value(.numbers(numbers)) : .malformed(Self.text(of: printed))
    case .text:
      let text = Self.text(of: printed)
      // The kernel looks for a name with all that follows it.
      let isName = definition.unit != .name || !text.contains(" ")
      self = isName ? .value(.text(text)) : .malformed(text)
    }
  }

  /// More than any sysctl has; a longer row is text.
  private static let mostNumbers = 32

  /// Bytes, because a host's settings are read at every start; all blanks are ASCII. A value may be as long
  /// as a file.
  private static func words(of printed: String, atMost count: Int) -> [Substring.UTF8View] {
    Array(printed.utf8.split(maxSplits: count) { $0.isBlank }.prefix(count))
  }

  /// With one blank for each row of them, and none around.
  private static func text(of printed: String) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(printed.utf8.count)
    for byte in printed.utf8 {
      if !byte.isBlank {
        text.append(byte)
      } else if let last = text.last, !last.isBlank {
        text.append(UInt8(ascii: " "))
      }
    }
    if text.last?.isBlank ?? false { text.removeLast() }
    return String(decoding: text, as: UTF8.self)
  }

  /// Of a key that is in no catalogue: numbers, perhaps with a remark after them; nil for text.
  private static func numbers(in words: [Substring.UTF8View]) -> [Int]? {
    let row = words.prefix { $0.first != UInt8(ascii: "#") }
    let numbers = row.compactMap { KernelNumber.parse($0) }
    return numbers.isEmpty || numbers.count < row.count || row.count > mostNumbers ? nil : numbers
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
