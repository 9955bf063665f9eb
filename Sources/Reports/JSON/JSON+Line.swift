extension JSON {
  /// The value on one line, keys in alphabetical order.
  package var line: String {
    var line = ""
    writeLine(to: &line)
    return line
  }

  private func writeLine(to line: inout String) {
    switch self {
    case .array(let elements):
      line += "["
      for (index, element) in elements.enumerated() {
        if index > 0 { line += ", " }
        element.writeLine(to: &line)
      }
      line += "]"
    case .each(let count, let element): JSON.array((0..<count).map(element)).writeLine(to: &line)
    case .object(let fields):
      line += "{"
      let sorted = fields.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      for (index, field) in sorted.enumerated() {
        if index > 0 { line += ", " }
        line += JSON.string(field.key).text + ": "
        field.value.writeLine(to: &line)
      }
      line += "}"
    case .null, .bool, .integer, .number, .digits, .string: line += text
    }
  }
}
