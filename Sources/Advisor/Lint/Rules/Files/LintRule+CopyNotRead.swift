extension LintRule {
  /// A copy that an editor or a package manager has left.
  static let copyNotRead = LintRule(
    "TA009", "copy-not-read", .note,
    why: "Loaders do not read it, and who reads the directory takes it for settings.",
    source: "sysctl.d(5)",
    remedy: "Remove it once it is known that nothing of it is missed.",
    .file { file, _ in
      guard file.isDropIn, file.isCopy, !file.assignments.isEmpty else { return [] }
      return [LintHit("no loader reads \(file.name), a copy")]
    }
  )
}

extension LintFile {
  private static let endings = [
    "~", ".bak", ".orig", ".save", ".swp", ".old", ".rej", ".rpmsave", ".rpmnew", ".rpmorig",
    ".dpkg-old", ".dpkg-dist", ".dpkg-new", ".dpkg-bak", ".ucf-old", ".ucf-dist", ".ucf-new",
    ".pacnew", ".pacsave", ".disabled",
  ]

  /// Whether the name is that of a copy.
  var isCopy: Bool { Self.endings.contains { name.hasSuffix($0) } }
}
