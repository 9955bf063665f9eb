import TCPModel

extension LintRule {
  /// A key set twice to different values.
  static let contradictingLines = LintRule(
    "TA036", "contradicting-lines", .warning,
    why: "The last line holds, whatever the first was meant for.",
    source: "sysctl.d(5): the last line holds",
    remedy: "Keep the line that is meant.",
    .file { file, _ in
      file.repetitions(where: !=).map { earlier, later in
        LintHit(
          "\(earlier.text) does not hold: line \(later.place.line) sets \(later.value.prefix(60))"
            + earlier.noteOnRepetition, at: earlier.place, key: earlier.name,
          severity: earlier.severityOfRepetition)
      }
    }
  )
}
