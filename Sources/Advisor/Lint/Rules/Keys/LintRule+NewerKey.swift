import TCPModel

extension LintRule {
  /// A key that came with a later release.
  static let newerKey = LintRule(
    "TA026", "newer-key", .error,
    why:
      "The kernel that the file is for does not have it: procps exits with 1, systemd-sysctl goes"
      + " on without.",
    since: "each key has its own release",
    source: "the sysctl documentation of 2.6.11 to 6.19, and the trees of 3.10 to 7.3",
    remedy: "Set it where the kernel has it, or write `-key = value`.",
    .assignments { assignment, context in
      guard let key = assignment.key else { return nil }
      let isThere = assignment.sysctl.map { $0.exists(in: context.oldest) }
      let since = assignment.sysctl?.since ?? OtherSysctl[key]?.since
      guard let since, isThere ?? (context.oldest >= since) == false else { return nil }
      return LintHit(
        "\(assignment.shortName) came with Linux \(since), and Linux \(context.oldest.series) does not have it",
        since: since.description)
    }
  )
}
