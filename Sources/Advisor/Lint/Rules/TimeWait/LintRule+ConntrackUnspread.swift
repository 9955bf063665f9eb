import TCPModel

extension LintRule {
  /// Many connections tracked, in as few buckets as before.
  static let conntrackUnspread = LintRule(
    "TA056", "conntrack-unspread", .note,
    why: "Each connection stands in two chains; with more connections for each bucket every packet"
      + " looks longer.",
    source: "nf_conntrack_max and nf_conntrack_buckets in"
      + " Documentation/networking/nf_conntrack-sysctl.rst",
    remedy: "Set net.netfilter.nf_conntrack_buckets as well.",
    .keys([SysctlKey("net.netfilter.nf_conntrack_max"), SysctlKey("net.nf_conntrack_max")]) {
      assignment, context in
      guard let count = assignment.number, count > 262_144,
        !context.sets(SysctlKey("net.netfilter.nf_conntrack_buckets"))
      else { return nil }
      return LintHit(
        "\(assignment.text) without nf_conntrack_buckets, of which a kernel makes 262144 at most")
    }
  )
}
