import SysctlFiles

extension LintRule {
  /// A command of a shell where a setting belongs.
  static let shellCommand = LintRule(
    "TA002", "shell-command", .error,
    why: "A sysctl file is no script: loaders find a blank in the name and skip the line.",
    source: "sysctl.d(5); tried with systemd 252 and procps 4.0.2",
    remedy: "Write `key = value` without the command.",
    isFixable: true,
    .lines { line in
      guard let command = line.command else { return nil }
      let fix = command.assignment.map { LintFix.line(line.number, [$0]) }
      return LintHit(
        "“\(line.text.trimmedBlanks.prefix(60))” is a command, and sets nothing here",
        at: line.place,
        fix: fix)
    }
  )
}
