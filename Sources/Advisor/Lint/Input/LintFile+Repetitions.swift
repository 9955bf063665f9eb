import TCPModel

extension LintFile {
  /// Returns the assignments of a sysctl file that a later one of the same key follows, each with the
  /// next, whose values compare so.
  func repetitions(where compare: ([Substring], [Substring]) -> Bool)
    -> [(earlier: LintAssignment, later: LintAssignment)]
  {
    repetitions.compactMap { index, next in
      let (earlier, later) = (assignments[index], assignments[next])
      return compare(earlier.words, later.words) ? (earlier, later) : nil
    }
  }

  /// Returns their places among the assignments.
  static func repetitions(in assignments: [LintAssignment]) -> [(Int, Int)] {
    var last: [String: Int] = [:]
    return assignments.indices.compactMap { index in
      let assignment = assignments[index]
      let earlier = last.updateValue(
        index, forKey: assignment.key?.rawValue ?? assignment.name)
      return earlier.map { ($0, index) }
    }
  }
}
