import SysctlFiles

extension LintFile {
  /// Reads a profile of TuneD: what its sections set by the names of sysctls.
  package init(tuned bytes: [UInt8], path: String) {
    var templated: Set<Int> = []
    let assignments = SysctlFile(parsing: bytes).lines.compactMap { line -> LintAssignment? in
      guard case .statement(let statement) = line.content, let value = statement.value,
        LintAssignment.isName(statement.name.text)
      else { return nil }
      guard !LintAssignment.isTemplate(value.text) else {
        templated.insert(line.number)
        return nil
      }
      let place = LintPlace(
        line: line.number, column: line.column(of: statement.name.range.lowerBound),
        endColumn: line.column(of: statement.name.range.upperBound))
      var origin = LintAssignment.Origin()
      origin.onlyRaises = value.text.hasPrefix(">")
      return LintAssignment(
        statement.name.text, Self.value(value.text), at: place, origin: origin)
    }
    self.init(
      other: bytes, path: path, assignments, template: LintTemplate(lines: templated))
  }

  /// What TuneD writes: without quotation marks, and without the sign for over less or over more alone.
  private static func value(_ text: String) -> String {
    let marks = text.first == "\"" || text.first == "'"
    let value = marks ? text.dropFirst().prefix { $0 != text.first } : text[...]
    return String(value.drop { "<>=".contains($0) })
  }
}
