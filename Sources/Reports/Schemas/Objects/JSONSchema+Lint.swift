import Advisor

extension JSONSchema {
  /// What is wrong with files that set sysctls.
  static let lint: [Field] = [
    Field("kernels", .list(.text), "The releases that the files are for."),
    Field("files", .list(.text), "What was read, in its order."),
    Field("findings", .list(lintFinding), "In the order of files and lines."),
    Field(
      "unread",
      .list(of: [
        Field("file", .text, "The file."),
        Field("line", orNull(.count), "The line in it; null where none is meant."),
        Field("column", orNull(.count), "The column in the line; null where none is meant."),
        Field("reason", .text, "Why it could not be read."),
      ]), "What could not be read."),
    Field(
      "templates",
      .list(of: [
        Field("file", .text, "The file."),
        Field("lines", .list(.count), "The lines that a template engine fills in."),
      ]), "What is not judged, because it is filled in later."),
  ]

  static let lintRuleID = pattern("^TA[0-9]{3}$")

  private static let about: [Field] = [
    Field("id", lintRuleID, "The rule, such as TA012."),
    Field("rule", .text, "Its name in a few words."),
    Field("severity", .words(of: LintRule.Severity.self), "How much it matters."),
    Field("since", textOrNull, "The kernels that it is about; null if that is all."),
    Field("source", .text, "Where that is said or was measured."),
    Field("remedy", .text, "What to do."),
    Field("fixable", .boolean, "Whether --fix can mend it."),
  ]

  private static let lintFinding = defined(
    Definition(
      "lint_finding", "A mistake in a file.",
      about + [
        Field("file", .text, "The file."), Field("line", .count, "The line."),
        Field("column", .count, "The column of its first character, from 1."),
        Field("end_column", .count, "The column behind its last character."),
        Field("key", textOrNull, "The sysctl; null if none is meant."),
        Field("message", .text, "What is wrong."),
        Field("suppressed", .boolean, "Whether it is silenced."),
        Field("suppressed_because", textOrNull, "The reason that was given; null if none was."),
      ]))

  static let lintRule = defined(
    Definition(
      "lint_rule", "A rule of lint.", about + [Field("why", .text, "The reason for the rule.")]))
}
