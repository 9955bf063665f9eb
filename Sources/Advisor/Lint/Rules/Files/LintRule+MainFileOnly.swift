import SysctlFiles

extension LintRule {
  /// Settings in /etc/sysctl.conf alone.
  static let mainFileOnly = LintRule(
    "TA011", "main-file-only", .note,
    why: "systemd-sysctl does not read /etc/sysctl.conf, unless a link in sysctl.d leads to it.",
    source: "sysctl.d(5), sysctl.conf(5)",
    remedy: "Move the settings to a file in /etc/sysctl.d.",
    .file { file, context in
      guard context.group.isHost, let main = context.group.configuration?.mainFile,
        main.path == file.path, let first = file.assignments.first
      else { return [] }
      let isLinked = context.group.configuration?.files.values.joined().contains {
        $0.target == main.path
      }
      guard isLinked != true else { return [] }
      return [
        LintHit(
          "systemd-sysctl does not read \(file.path): what it sets is lost where that is the loader",
          at: LintPlace(line: first.place.line))
      ]
    }
  )
}
