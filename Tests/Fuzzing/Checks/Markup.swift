/// Text of elements, as pages and XML are.
struct Markup {
  private let text: String
  /// Those that have no end.
  private let single: Set<String>
  /// Those in which everything is text.
  private let raw: Set<String>

  init(_ text: String, single: Set<String> = [], raw: Set<String> = []) {
    (self.text, self.single, self.raw) = (text, single, raw)
  }

  /// Refuses what does not stand one in the other, and hands on each element that begins.
  func check(_ look: (MarkupTag) throws(FuzzFault) -> Void) throws(FuzzFault) {
    var open: [String] = []
    var rest = text[...].utf8
    while let start = rest.firstIndex(of: UInt8(ascii: "<")) {
      rest = rest[start...].dropFirst()
      guard let tag = MarkupTag(&rest) else { throw FuzzFault("an element without an end") }
      if tag.isDeclaration { continue }
      if tag.isEnd {
        guard open.popLast() == tag.name else { throw FuzzFault("</\(tag.name)> ends another") }
        continue
      }
      try look(tag)
      if !tag.isClosed, !single.contains(tag.name) { open.append(tag.name) }
      if raw.contains(tag.name) { Self.skip(&rest, to: tag.name) }
    }
    if let name = open.last { throw FuzzFault("<\(name)> has no end") }
  }

  /// Leaves out what is no markup.
  private static func skip(_ rest: inout Substring.UTF8View, to name: String) {
    let end = Array("</\(name)".utf8)
    while !rest.isEmpty, !rest.starts(with: end) { rest = rest.dropFirst() }
  }
}
