// Not JSONEncoder: a long list is written element by element, so that memory stays flat.
extension JSON {
  /// The value as text, keys in alphabetical order, two blanks for each level.
  package var text: String {
    var text = ""
    append(to: &text) { _ in }
    return text
  }

  /// Hands on the text in parts: of lists that are made as they are written, some elements at a time.
  package func write(to sink: (String) -> Void) {
    var text = ""
    append(to: &text) { text in
      sink(text)
      text.removeAll(keepingCapacity: true)
    }
    sink(text)
  }

  /// - Parameter spill: takes away what is there, between the elements of a list.
  private func append(to text: inout String, level: Int = 0, spill: (inout String) -> Void) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .number(let value): text += Self.decimal(value)
    case .digits(let digits): text += digits
    case .string(let value): Self.quote(value, to: &text)
    case .array(let elements):
      text += "["
      for index in elements.indices {
        Self.beginLine(in: &text, level: level + 1, isFirst: index == 0)
        elements[index].append(to: &text, level: level + 1, spill: spill)
      }
      Self.endLines(in: &text, level: level, isEmpty: elements.isEmpty, with: "]")
    case .each(let count, let element):
      text += "["
      for index in 0..<count {
        Self.beginLine(in: &text, level: level + 1, isFirst: index == 0)
        element(index).append(to: &text, level: level + 1, spill: spill)
        if text.utf8.count > Self.partSize { spill(&text) }
      }
      Self.endLines(in: &text, level: level, isEmpty: count == 0, with: "]")
    case .object(let fields):
      text += "{"
      let names = fields.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      for (index, name) in names.enumerated() {
        Self.beginLine(in: &text, level: level + 1, isFirst: index == 0)
        Self.quote(name, to: &text)
        text += ": "
        fields[name, default: .null].append(to: &text, level: level + 1, spill: spill)
      }
      Self.endLines(in: &text, level: level, isEmpty: fields.isEmpty, with: "}")
    }
  }

  /// Bytes from which on a part is handed on.
  private static let partSize = 1 << 16

  private static func beginLine(in text: inout String, level: Int, isFirst: Bool) {
    if !isFirst { text += "," }
    text += level < indentations.count ? indentations[level] : indentation(level)
  }

  /// The ends of lines before those that are this deep: long lists ask for the same ones.
  private static let indentations = (0..<16).map(indentation)

  private static func indentation(_ level: Int) -> String {
    "\n" + String(repeating: "  ", count: level)
  }

  private static func endLines(
    in text: inout String, level: Int, isEmpty: Bool, with bracket: String
  ) {
    if !isEmpty { beginLine(in: &text, level: level, isFirst: true) }
    text += bracket
  }

  /// A number without the `.0` of whole ones and without an exponent; JSON has no infinity, and no
  /// time is one.
  private static func decimal(_ number: Double) -> String {
    guard number.isFinite else { return "null" }
    let parts = number.description.split(separator: "e")
    var digits = String(parts[0])
    if digits.hasSuffix(".0") { digits.removeLast(2) }
    guard parts.count == 2, let exponent = Int(parts[1]) else { return digits }
    let sign = digits.hasPrefix("-") ? "-" : ""
    let halves = digits.dropFirst(sign.count).split(separator: ".")
    let (whole, fraction) = (halves[0], halves.count > 1 ? halves[1] : "")
    if exponent < 0 {
      return "\(sign)0." + String(repeating: "0", count: -exponent - 1) + whole + fraction
    }
    return sign + whole + fraction + String(repeating: "0", count: exponent - fraction.utf8.count)
  }

  /// In quotation marks; RFC 8259 wants those, the backslash and control characters escaped, and a
  /// terminal what steers it.
  private static func quote(_ value: String, to text: inout String) {
    text += "\""
    if !value.utf8.allSatisfy(isPlain), value.unicodeScalars.contains(where: isEscaped) {
      for scalar in value.unicodeScalars { text += escaped(scalar) }
    } else {
      text += value
    }
    text += "\""
  }

  /// Most texts have nothing else, and need no closer look.
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7f && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  private static func isEscaped(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || scalar == "\"" || scalar == "\\" || scalar.steersTerminals
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\"": "\\\""
    case "\\": "\\\\"
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    case "\u{8}": "\\b"
    case "\u{c}": "\\f"
    // A scalar beyond the first plane is a pair of units.
    default:
      scalar.steersTerminals
        ? scalar.utf16.map { "\\u" + $0.hexDigits(4) }.joined() : String(scalar)
    }
  }
}
