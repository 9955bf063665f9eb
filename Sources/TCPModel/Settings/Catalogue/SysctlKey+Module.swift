extension SysctlKey {
  /// The beginnings of keys that are not there before a module is.
  private static let modules = [
    (beginning: "net.netfilter.nf_conntrack_", module: "nf_conntrack"),
    (beginning: "net.nf_conntrack_max", module: "nf_conntrack"),
    (beginning: "net.bridge.", module: "br_netfilter"),
    (beginning: "net.ipv4.vs.", module: "ip_vs"),
    (beginning: "net.sctp.", module: "sctp"),
    (beginning: "net.rds.", module: "rds"),
  ]

  /// The module that brings the key along; nil if none has to, or if none is known.
  package var module: String? {
    Self.modules.first { rawValue.hasPrefix($0.beginning) }?.module
  }
}
