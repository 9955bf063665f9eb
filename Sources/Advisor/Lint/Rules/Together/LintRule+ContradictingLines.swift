import TCPModel

extension LintRule {
  /// A key set twice to different values.
  static let contradictingLines = LintRule(
    "TA036", "contradicting-lines", .warning,
    why: "The last line holds, whatever the first was meant for.",
    source: "sysctl.d(5): the last line holds",
    remedy: "Keep the line that is meant.",
    .file { file, _ in
      file.repetitions.filter { $0.earlier.words != $0.later.words }.map { earlier, later in
        LintHit(
          "\(earlier.text) does not hold: line \(later.place.line) sets \(later.value.prefix(60))",
          at: earlier.place, key: earlier.name)
      }
    }
  )
}

extension LintFile {
  /// The assignments of a sysctl file that a later one of the same key follows, each with the next.
  var repetitions: [(earlier: LintAssignment, later: LintAssignment)] {
    guard kind == .sysctl else { return [] }
    var last: [String: LintAssignment] = [:]
    var repetitions: [(earlier: LintAssignment, later: LintAssignment)] = []
    for assignment in assignments {
      let name = assignment.key?.rawValue ?? assignment.name
      if let earlier = last.updateValue(assignment, forKey: name) {
        repetitions.append((earlier, assignment))
      }
    }
    return repetitions
  }
}
