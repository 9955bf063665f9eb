/// The lines of a sysctl file, one after the other: of a long one, nothing is kept but its bytes.
struct SysctlLines: Sequence, IteratorProtocol {
  private static let newline = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  private var rest: ArraySlice<UInt8>
  private var number = 0

  init(of bytes: ArraySlice<UInt8>) { rest = bytes }

  mutating func next() -> SysctlLine? {
    if rest.isEmpty { return nil }
    number += 1
    guard let end = rest.firstIndex(of: Self.newline) else {
      let last = SysctlLine(number: number, bytes: rest, ending: .none)
      rest = []
      return last
    }
    let isReturned = end > rest.startIndex && rest[end - 1] == Self.carriageReturn
    let bytes = rest[rest.startIndex..<(isReturned ? end - 1 : end)]
    rest = rest[(end + 1)...]
    return SysctlLine(
      number: number, bytes: bytes, ending: isReturned ? .carriageReturnNewline : .newline)
  }
}
