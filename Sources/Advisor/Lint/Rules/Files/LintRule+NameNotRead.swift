import TCPModel

extension LintRule {
  /// A name in sysctl.d that no loader reads.
  static let nameNotRead = LintRule(
    "TA008", "name-not-read", .warning,
    why: "Loaders read names that end in `.conf`, and systemd-sysctl none that begins with a dot.",
    source: "sysctl.d(5), sysctl(8)",
    remedy: "Give it a name such as 60-name.conf, or remove it.",
    .file { file, _ in
      guard file.isDropIn, !file.assignments.isEmpty, !file.isCopy else { return [] }
      if !file.name.hasSuffix(".conf") {
        return [LintHit("no loader reads \(file.name): its name does not end in .conf")]
      }
      guard file.name.hasPrefix(".") else { return [] }
      return [LintHit("systemd-sysctl does not read \(file.name): its name begins with a dot")]
    }
  )
}
