package import TCPModel

/// What `sysctl -a` prints, read for a few keys alone: of ten thousand hosts each prints a thousand
/// lines.
///
/// It takes nothing but lines `key = value`; what else a capture may hold is left to `CapturedText`,
/// with which it agrees on all that it takes.
package struct PlainDump: Sendable {
  /// The keys that are read.
  private let names: NameTable

  package init(of keys: [SysctlKey]) { names = NameTable(keys.map { Array($0.rawValue.utf8) }) }

  /// Returns the values of the keys, in their order, blanks between words as one; nil where a line
  /// needs a closer look.
  package func values(in bytes: [UInt8]) -> [String?]? {
    var values = [String?](repeating: nil, count: names.count)
    let text = bytes.span
    var start = 0
    while start < text.count {
      if text[start] == UInt8(ascii: "\n") {
        start += 1
        continue
      }
      guard let name = nameEnd(in: text, from: start),
        let end = valueEnd(in: text, from: name.end)
      else { return nil }
      if let index = names.index(of: text, start..<name.end, hash: name.hash) {
        let value = Self.value(text, name.end + 3..<end)
        // The captures of two hosts may lie in one file.
        if let other = values[index], other != value { return nil }
        values[index] = value
      }
      start = end + 1
    }
    return values
  }

  /// Where ` = ` stands behind a name, and the hash of that; nil where the line is no plain one.
  private func nameEnd(in text: borrowing Span<UInt8>, from start: Int) -> (end: Int, hash: UInt64)?
  {
    var (index, hash, last) = (start, NameTable.seed, UInt8(ascii: "."))
    while index < text.count, text[index] > 0x20 {
      let byte = text[index]
      switch byte {
      case UInt8(ascii: "."): if last == byte { return nil }
      case UInt8(ascii: "/"): if last == UInt8(ascii: ".") { return nil }
      case UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "["), UInt8(ascii: "="),
        UInt8(ascii: "#"), UInt8(ascii: ";"), 0x7f...:
        return nil
      case UInt8(ascii: "-"): if index == start { return nil }
      default: break
      }
      hash = NameTable.hash(hash, byte)
      last = byte
      index += 1
    }
    // `sysctl` prints the sign with a blank on both sides, the second one even before no value.
    guard index > start, last != UInt8(ascii: "."), index + 2 < text.count, text[index] == 0x20,
      text[index + 1] == UInt8(ascii: "="), text[index + 2] == 0x20
    else { return nil }
    return (index, hash)
  }

  /// The end of the line; nil where the value holds what is no plain text.
  private func valueEnd(in text: borrowing Span<UInt8>, from start: Int) -> Int? {
    var index = start
    while index < text.count {
      let byte = text[index]
      if byte == UInt8(ascii: "\n") { return index }
      if byte < 0x20 && byte != UInt8(ascii: "\t") || byte >= 0x7f { return nil }
      index += 1
    }
    return index
  }

  private static func value(_ text: borrowing Span<UInt8>, _ range: Range<Int>) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count)
    for index in range {
      let byte = text[index]
      if !byte.isBlank {
        bytes.append(byte)
      } else if let last = bytes.last, last != 0x20 {
        bytes.append(0x20)
      }
    }
    if bytes.last == 0x20 { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Names by their hashes (FNV-1a), which is worked out as a name is read.
private struct NameTable: Sendable {
  static let seed: UInt64 = 0xcbf2_9ce4_8422_2325

  static func hash(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
    (hash ^ UInt64(byte)) &* 0x100_0000_01b3
  }

  private let names: [[UInt8]]
  /// The places of names, at least half of them empty.
  private var slots: [Int?]

  var count: Int { names.count }

  init(_ names: [[UInt8]]) {
    self.names = names
    var size = 16
    while size < names.count * 2 { size *= 2 }
    slots = Array(repeating: nil, count: size)
    for (index, name) in names.enumerated() {
      var slot = Self.slot(name.reduce(Self.seed, Self.hash), size)
      while slots[slot] != nil { slot = (slot + 1) & (size - 1) }
      slots[slot] = index
    }
  }

  private static func slot(_ hash: UInt64, _ size: Int) -> Int {
    Int(truncatingIfNeeded: hash ^ hash >> 32) & (size - 1)
  }

  func index(of text: borrowing Span<UInt8>, _ range: Range<Int>, hash: UInt64) -> Int? {
    var slot = Self.slot(hash, slots.count)
    while let index = slots[slot] {
      if isName(index, text, range) { return index }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private func isName(_ index: Int, _ text: borrowing Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard names[index].count == range.count else { return false }
    for offset in 0..<range.count where text[range.lowerBound + offset] != names[index][offset] {
      return false
    }
    return true
  }
}
