import SysctlFiles

extension LintRule {
  /// A file of another program.
  static let foreignFile = LintRule(
    "TA082", "foreign-file", .error,
    why: "Loaders of sysctls skip all its lines, each with a message.",
    source: "sysctl.d(5); tried with systemd 252 and procps 4.0.2",
    remedy: "Name the file that sets sysctls, or say with --as which program's file this is.",
    .file { file, _ in
      guard file.isForeign, !file.hasControlBytes,
        let first = file.text.lines.first(where: { $0.content != .blank && $0.content != .comment })
      else { return [] }
      return [
        LintHit(
          "this is no sysctl file: none of its first lines names one, such as"
            + " “\(first.text.trimmedBlanks.prefix(60))”", at: first.place)
      ]
    }
  )
}
