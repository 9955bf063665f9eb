import TCPModel

extension LintRule {
  /// A key that kernels have no more.
  static let removedKey = LintRule(
    "TA023", "removed-key", .error,
    why: "The key is gone: procps prints an error and exits with 1, systemd-sysctl says so and goes"
      + " on.",
    since: "each key has its own release",
    source: "the sysctl documentation of 2.6.11 to 6.19, and the trees of 3.10 to 7.3",
    remedy: "Remove the line.",
    .assignments { assignment, context in
      guard let retired = context.retired(assignment), case .gone(let release) = retired.fate else {
        return nil
      }
      let isGone = retired.knownSince.map { context.newest >= $0 } ?? true
      return LintHit(
        "\(assignment.name.prefix(80)): \(retired.summary); \(retired.note)",
        severity: isGone ? nil : .note, since: retired.knownSince == nil ? nil : release)
    }
  )
}
