extension LintRule {
  /// A silence for a rule that is not there.
  static let silenceOfUnknownRule = LintRule(
    "TA080", "silence-of-unknown-rule", .warning,
    why: "It silences nothing; mostly the id is misspelt.",
    source: "this tool",
    remedy: "Write an id of `tcpadvisor lint --rules`.",
    .silences
  )
}
