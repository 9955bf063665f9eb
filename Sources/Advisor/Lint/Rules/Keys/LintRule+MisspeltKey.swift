extension LintRule {
  /// A name that no kernel has, and that looks like one that it has.
  static let misspeltKey = LintRule(
    "TA027", "misspelt-key", .error,
    why: "The key is not found, and the setting that was meant stays as it is.",
    source: "the keys of Linux 6.18.44 and of the catalogue",
    remedy: "Write the key that was meant.",
    .assignments { assignment, context in
      guard let meant = context.meant(assignment) else { return nil }
      return LintHit(
        "Linux has no \(assignment.name.prefix(80)); \(meant) is near",
        remedy: "Write \(meant), if that was meant.")
    }
  )
}
