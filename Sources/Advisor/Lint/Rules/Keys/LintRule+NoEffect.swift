import TCPModel

extension LintRule {
  /// A key that kernels ignore.
  static let noEffect = LintRule(
    "TA024", "no-effect", .warning,
    why: "The kernel takes the value and does nothing with it.",
    since: "each key has its own release",
    source: "https://docs.kernel.org/networking/ip-sysctl.html, and the sources of 3.10 to 7.3",
    remedy: "Remove the line.",
    .assignments { assignment, context in
      guard let retired = context.retired(assignment), case .ineffective(let release) = retired.fate
      else { return nil }
      let isIdle = retired.knownSince.map { context.newest >= $0 } ?? true
      guard isIdle else { return nil }
      return LintHit(
        "\(assignment.name.prefix(80)): \(retired.summary); \(retired.note)",
        since: retired.knownSince == nil ? nil : release)
    }
  )
}
