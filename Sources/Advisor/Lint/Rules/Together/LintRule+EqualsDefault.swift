import TCPModel

extension LintRule {
  /// A value that is the default anyway.
  static let equalsDefault = LintRule(
    "TA038", "equals-default", .note,
    why:
      "The line changes nothing today, and keeps the host from what later kernels have found to be"
      + " better.",
    source: "the compiled defaults of Linux 5.10 to 7.3",
    remedy: "Remove the line, unless it is there to pin the value.",
    .file { file, context in
      // What this tool emits pins values on purpose.
      guard !file.isEmitted else { return [] }
      return file.assignments.compactMap { assignment in
        guard let sysctl = assignment.sysctl, ![.flag, .mode].contains(sysctl.unit),
          !assignment.words.isEmpty,
          context.kernels.allSatisfy({
            sysctl.exists(in: $0) && assignment.is(sysctl.defaultValue(in: $0))
          })
        else { return nil }
        return LintHit(
          "\(assignment.text) is the default of Linux \(context.kernels.map(\.series).listed)",
          at: assignment.place, key: assignment.name)
      }
    }
  )
}

extension LintAssignment {
  fileprivate func `is`(_ value: String?) -> Bool {
    guard let value else { return false }
    return words.elementsEqual(value.split(separator: " "))
  }
}

extension LintFile {
  /// Whether this tool has written it.
  fileprivate var isEmitted: Bool { name.contains("tcpadvisor") }
}
