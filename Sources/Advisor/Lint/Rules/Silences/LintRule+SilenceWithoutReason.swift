extension LintRule {
  /// A silence that does not say why.
  static let silenceWithoutReason = LintRule(
    "TA079", "silence-without-reason", .warning,
    why: "Nobody knows later whether it still holds; without a reason it silences nothing.",
    source: "this tool",
    remedy: "Write the reason behind the ids: `# tcpadvisor: ignore=TA012 reason`.",
    .silences
  )
}
