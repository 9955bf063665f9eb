import SysctlFiles

extension LintRule {
  /// A line that is no remark and sets nothing.
  static let noAssignment = LintRule(
    "TA001", "no-assignment", .error,
    why: "Loaders skip the line with a message; procps then exits with 1, and the rest is applied.",
    source: "sysctl.d(5); tried with systemd 252 and procps 4.0.2",
    remedy: "Write `key = value`, or begin the line with `#`.",
    .lines { line in
      guard line.command == nil, case .malformed(let fault) = line.content,
        let reason = reason(fault, line)
      else {
        return nil
      }
      return LintHit(
        "“\(line.text.trimmedBlanks.prefix(60))” sets nothing: \(reason)", at: line.place)
    }
  )

  private static func reason(_ fault: SysctlLine.Fault, _ line: SysctlLine) -> String? {
    switch fault {
    case .noAssignment: "there is no `=`"
    case .noName: "there is no name before the `=`"
    case .blankInName: "there is a blank in the name"
    case .secondHyphen: "a second `-` before the name is taken for a part of it"
    case .byteOrderMark, .innerBreak: nil
    }
  }
}
