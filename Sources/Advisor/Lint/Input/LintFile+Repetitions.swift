import TCPModel

extension LintFile {
  /// Returns the assignments that a later one of the same key follows, each with the next, whose values
  /// compare so; no more than are told.
  func repetitions(where compare: ([Substring], [Substring]) -> Bool)
    -> [(earlier: LintAssignment, later: LintAssignment)]
  {
    var found: [(earlier: LintAssignment, later: LintAssignment)] = []
    for (index, next) in repetitions where found.count < Linter.mostFindingsOfRule {
      let (earlier, later) = (assignments[index], assignments[next])
      if compare(earlier.words, later.words) { found.append((earlier, later)) }
    }
    return found
  }

  /// Returns their places among the assignments, which stand in one file, list or map.
  static func repetitions(in assignments: [LintAssignment]) -> [(Int, Int)] {
    var last: [Place: Int] = [:]
    return assignments.indices.compactMap { index in
      let assignment = assignments[index]
      guard assignment.isLine || assignment.origin.container != nil else { return nil }
      let place = Place(
        container: assignment.origin.container,
        name: assignment.key?.rawValue ?? assignment.name)
      return last.updateValue(index, forKey: place).map { ($0, index) }
    }
  }

  private struct Place: Hashable {
    let container: Int?
    let name: String
  }
}

extension LintAssignment {
  /// What is worse about a key that is set twice than in other files.
  var severityOfRepetition: LintRule.Severity? { target == .pod ? .error : nil }
  var noteOnRepetition: String {
    target == .pod ? "; Kubernetes refuses a pod with a key twice" : ""
  }
}
