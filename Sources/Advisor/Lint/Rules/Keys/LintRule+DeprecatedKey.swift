import TCPModel

extension LintRule {
  /// A key with a better successor.
  static let deprecatedKey = LintRule(
    "TA025", "deprecated-key", .warning,
    why:
      "The kernel converts it into its successor, in coarser steps; sysctl(8) and TuneD leave some"
      + " of them alone.",
    since: "3.3 (unres_qlen)",
    source: "https://docs.kernel.org/networking/ip-sysctl.html (unres_qlen); sysctl.c of procps-ng",
    remedy: "Set the successor.",
    .assignments { assignment, context in
      guard let retired = context.retired(assignment), case .deprecated(let release) = retired.fate
      else { return nil }
      return LintHit(
        "\(assignment.name.prefix(80)): \(retired.summary); \(retired.note)",
        since: release == "ever" ? nil : release)
    }
  )
}
