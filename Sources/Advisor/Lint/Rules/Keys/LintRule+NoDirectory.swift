import TCPModel

extension LintRule {
  /// A name without a directory.
  static let noDirectory = LintRule(
    "TA085", "no-directory", .error,
    why: "Below /proc/sys lie directories alone: loaders find no such key.",
    source: "fs/proc/proc_sysctl.c of Linux 6.18",
    remedy: "Write the whole name, such as net.ipv4.tcp_sack.",
    .assignments { assignment, _ in
      guard assignment.isLine, let key = assignment.key, !key.rawValue.contains(".") else {
        return nil
      }
      return LintHit("\(assignment.name.prefix(60)) names no directory below /proc/sys")
    }
  )
}
