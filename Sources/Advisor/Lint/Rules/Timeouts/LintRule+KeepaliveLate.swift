import TCPModel

extension LintRule {
  /// A first keepalive probe that comes after devices have forgotten.
  static let keepaliveLate = LintRule(
    "TA045", "keepalive-late", .note,
    why:
      "Firewalls and load balancers on the way forget silent connections after minutes; the probe"
      + " then finds nobody.",
    source:
      "idle timeouts of 350 s (AWS Network Load Balancer) and 4 min (Azure), as in the profile base",
    remedy: "Stay below the shortest idle timeout on the way, for example 120.",
    .keys([.tcpKeepaliveTime]) { assignment, _ in
      guard let time = assignment.number, time >= 600, time != 7200 else { return nil }
      return LintHit(
        "\(assignment.text): the first probe comes after \(time) s of silence, when many devices on the"
          + " way have forgotten the connection")
    }
  )
}
