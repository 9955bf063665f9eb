/// What stands between `<` and `>`.
struct MarkupTag {
  let name: String
  let attributes: [String]
  let isEnd, isClosed, isDeclaration: Bool

  /// Nil where it has no end, or what is no tag stands there.
  init?(_ rest: inout Substring.UTF8View) {
    guard let names = Self.unquoted(&rest) else { return nil }
    isEnd = names.first == UInt8(ascii: "/")
    isClosed = names.last == UInt8(ascii: "/")
    isDeclaration = names.first == UInt8(ascii: "!") || names.first == UInt8(ascii: "?")
    let words = names.split { " \n\t=/".utf8.contains($0) }
      .map { String(decoding: $0, as: UTF8.self).lowercased() }
    guard let first = words.first else { return nil }
    (name, attributes) = (first, Array(words.dropFirst()))
  }

  /// Returns what stands before the end outside of quotes; nil where no end comes.
  private static func unquoted(_ rest: inout Substring.UTF8View) -> [UInt8]? {
    var names: [UInt8] = []
    var quote: UInt8?
    while let byte = rest.popFirst() {
      if byte == quote {
        quote = nil
      } else if quote == nil {
        switch byte {
        case UInt8(ascii: ">"): return names
        case UInt8(ascii: "<"): return nil
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
          quote = byte
          names.append(UInt8(ascii: " "))
        default: names.append(byte)
        }
      }
    }
    return nil
  }
}
