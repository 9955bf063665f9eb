extension LintRule {
  /// A key set twice to the same value.
  static let repeatedLine = LintRule(
    "TA035", "repeated-line", .note,
    why: "One of the lines says nothing, and may be changed for nothing.",
    source: "sysctl.d(5): the last line holds",
    remedy: "Remove one of the lines.",
    .file { file, _ in
      file.repetitions(where: ==).map { earlier, later in
        LintHit(
          "\(earlier.text) is said once more in line \(later.place.line)"
            + earlier.noteOnRepetition, at: earlier.place, key: earlier.name,
          severity: earlier.severityOfRepetition)
      }
    }
  )
}
