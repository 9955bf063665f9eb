import TCPModel

extension LintRule {
  /// Settings that forwarding resets, written before it.
  static let forwardingResets = LintRule(
    "TA078", "forwarding-resets", .warning,
    why: "Switching ip_forward on sets accept_redirects of `all` and `default` to 0, whatever was"
      + " written before.",
    source: "inet_forward_change in net/ipv4/devinet.c; tried on Linux 6.18",
    remedy: "Put ip_forward first.",
    .file { file, _ in
      guard file.kind == .sysctl,
        let on = file.assignments.first(where: { $0.key == forwarding && $0.number == 1 })
      else { return [] }
      return file.assignments.filter { assignment in
        assignment.key.map(reset.contains) ?? false && assignment.number == 1
          && assignment.place.line < on.place.line
      }.map { assignment in
        LintHit(
          "\(assignment.name) = 1 is reset by net.ipv4.ip_forward = 1 in line \(on.place.line)",
          at: assignment.place, key: assignment.name)
      }
    }
  )

  private static let forwarding = SysctlKey("net.ipv4.ip_forward")
  private static let reset: Set<SysctlKey> = [
    SysctlKey("net.ipv4.conf.all.accept_redirects"),
    SysctlKey("net.ipv4.conf.default.accept_redirects"),
  ]
}
