extension LintRule {
  /// A silence for what is not found.
  static let silenceOfNothing = LintRule(
    "TA081", "silence-of-nothing", .note,
    why: "What it was for has gone; one day it hides something new.",
    source: "this tool",
    remedy: "Remove it.",
    .silences
  )
}
