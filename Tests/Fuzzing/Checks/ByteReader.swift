/// Takes numbers from the bytes of an input; zeros once they have ended.
struct ByteReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  var isEmpty: Bool { rest.isEmpty }

  mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }

  /// Eight bytes, the lowest first.
  mutating func number() -> Int {
    let bits = (0..<8).reduce(UInt64(0)) { $0 | UInt64(byte()) << UInt64(8 * $1) }
    return Int(truncatingIfNeeded: bits)
  }

  /// One of some elements; nil where there are none.
  mutating func pick<Element>(_ elements: [Element]) -> Element? {
    elements.isEmpty ? nil : elements[Int(byte()) % elements.count]
  }

  /// A number in a range: one of its ends, a small one, one of any size, a power of two.
  mutating func number(in range: ClosedRange<Int>) -> Int {
    let number =
      switch byte() % 5 {
      case 0: range.lowerBound
      case 1: range.upperBound
      case 2: Int(Int8(bitPattern: byte()))
      case 3: 1 << Int(byte() % 62)
      default: self.number()
      }
    return min(max(number, range.lowerBound), range.upperBound)
  }
}
