import TCPModel

extension LintRule {
  /// A key of the whole machine, set for a container.
  static let notInNamespace = LintRule(
    "TA032", "not-in-namespace", .error,
    why:
      "A container has a network namespace of its own, in which the key is not there: it does not"
      + " start.",
    source:
      "net/core/sysctl_net_core.c and net/ipv4/sysctl_net_ipv4.c of Linux 6.18; runc and Kubernetes"
      + " refuse other trees",
    remedy: "Set it on the host.",
    .assignments { assignment, context in
      guard assignment.target.isNamespace, !assignment.isOfSharedNamespace,
        let key = assignment.key, let reason = assignment.absence(of: key, in: context)
      else { return nil }
      return LintHit("\(assignment.shortName) \(reason)")
    }
  )
}

extension LintAssignment {
  /// What of net.core a new network namespace has, on Linux 6.18.
  private static let perNamespace: Set<Substring> = [
    "optmem_max", "rmem_default", "rmem_max", "rps_default_mask", "somaxconn", "tstamp_allow_data",
    "txrehash", "wmem_default", "wmem_max", "txq_reselection_ms", "bypass_prot_mem",
    "xfrm_acq_expires", "xfrm_aevent_etime", "xfrm_aevent_rseqth", "xfrm_larval_drop",
  ]
  private static let ofMachine = [
    "net.ipv4.udp_mem", "net.ipv4.tcp_low_latency", "net.ipv4.inet_peer_*", "net.ipv4.fib_sync_mem",
    "net.ipv4.cipso_*", "net.ipv?.neigh.default.*",
  ].map { Glob($0) }
  /// The trees that runc lets a container set beside net: of its IPC namespace, and its names.
  private static let ofIPC = [
    "kernel.msgmax", "kernel.msgmnb", "kernel.msgmni", "kernel.sem", "kernel.shmall",
    "kernel.shmmax", "kernel.shmmni", "kernel.shm_rmid_forced", "fs.mqueue.*",
  ].map { Glob($0) }
  private static let names = ["kernel.domainname", "kernel.hostname"]

  /// Whether it is one of an IPC namespace.
  static func isOfIPC(_ key: SysctlKey) -> Bool { ofIPC.contains { $0.matches(key.rawValue) } }

  /// Why a container cannot have it; nil if it can.
  func absence(of key: SysctlKey, in context: LintContext) -> String? {
    guard key.rawValue.hasPrefix("net.") else {
      return Self.isOfIPC(key) || Self.names.contains(key.rawValue)
        ? nil : "is a setting of the whole machine, which no container may set"
    }
    let isOfCore =
      key.rawValue.hasPrefix("net.core.") && OtherSysctl[key] != nil
      && !Self.perNamespace.contains(key.shortName)
    let isOfHost = sysctl?.scope(in: context.newest) == .host && !isBuffer
    guard isOfCore || isOfHost || Self.ofMachine.contains(where: { $0.matches(key.rawValue) })
    else {
      return isBuffer ? "can only be read in a network namespace other than the host's" : nil
    }
    return "is a setting of the whole machine; a network namespace of its own does not have it"
  }

  /// Since 6.x namespaces show what the host has.
  private var isBuffer: Bool {
    ["net.core.rmem_max", "net.core.wmem_max", "net.core.rmem_default", "net.core.wmem_default"]
      .contains(key?.rawValue)
  }
}
