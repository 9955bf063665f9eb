import TCPModel

extension LintRule {
  /// A key that does something instead of holding something.
  static let actionKey = LintRule(
    "TA030", "action-key", .warning,
    why: "Each load does it once more, and nothing is kept.",
    source: "net/ipv4/route.c, fs/drop_caches.c, mm/compaction.c; tried on Linux 6.18",
    remedy: "Remove the line; where the action is wanted, run it by hand.",
    .keys(
      [
        SysctlKey("net.ipv4.route.flush"), SysctlKey("net.ipv6.route.flush"),
        SysctlKey("vm.drop_caches"), SysctlKey("vm.compact_memory"),
      ]
    ) { assignment, _ in
      LintHit("\(assignment.name) is an action, carried out at each load, and no setting")
    }
  )
}
