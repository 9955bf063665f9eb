import NetAddress

extension ImmediateFailure {
  /// Source: `tcp_rcv_synsent_state_process`, `tcp_reset`; measured on Linux 6.18.
  static let refusals = [
    Row(
      cause: "nothing listens on the port, or a firewall rejects with a TCP reset",
      errno: "ECONNREFUSED", moment: .afterOneRoundTrip, events: .failure),
    Row(
      cause: "ICMP port unreachable, as a firewall's REJECT sends by default",
      errno: "ECONNREFUSED", moment: .afterOneRoundTrip, events: .failure),
  ]

  /// Source: `fib_props` in net/ipv4/fib_semantics.c, `fib4_rule_action`, `ip6_pol_route`; every row
  /// measured on Linux 6.18 for IPv4 and IPv6.
  static let routes = [
    ("no route, or throw with nothing behind it", "ENETUNREACH"),
    ("a route of type unreachable", "EHOSTUNREACH"),
    ("a route of type prohibit", "EACCES"),
    ("a route of type blackhole", "EINVAL"),
    ("a rule (ip rule) unreachable", "ENETUNREACH"),
    ("a rule (ip rule) prohibit", "EACCES"),
    ("a rule (ip rule) blackhole", "EINVAL"),
    ("a broadcast or multicast address", "ENETUNREACH"),
    ("the link of the route is down here, or lo was never up", "ENETUNREACH"),
    ("an IPv6 link-local address without a scope", "EINVAL"),
    ("no local port left for that peer, or the bound pair is in use", "EADDRNOTAVAIL"),
  ].map { Row(cause: $0, errno: $1, moment: .atOnce, events: nil) }

  /// Codes of destination unreachable unless a type is named, and what they become.
  ///
  /// Source: `icmp_err_convert` in net/ipv4/icmp.c and `tcp_v4_err`.
  static let icmpV4 = [
    ("0 net unreachable, 6, 9, 11", "ENETUNREACH"),
    ("1 host unreachable, 10, 12, 13 filtered, 14, 15", "EHOSTUNREACH"),
    ("2 protocol unreachable", "ENOPROTOOPT"),
    ("3 port unreachable", "ECONNREFUSED"),
    ("5 source route failed", "EOPNOTSUPP"),
    ("7 host unknown", "EHOSTDOWN"),
    ("8 host isolated", "ENONET"),
    ("type 11 time exceeded", "EHOSTUNREACH"),
    ("type 12 parameter problem", "EPROTO"),
  ]

  /// Source: `icmpv6_err_convert` in net/ipv6/icmp.c and `tcp_v6_err`.
  static let icmpV6 = [
    ("0 no route", "ENETUNREACH"),
    ("1 prohibited, 5, 6", "EACCES"),
    ("3 address unreachable", "EHOSTUNREACH"),
    ("4 port unreachable", "ECONNREFUSED"),
    ("type 3 time exceeded", "EHOSTUNREACH"),
    ("type 4 parameter problem", "EPROTO"),
  ]

  static func icmp(_ codes: [(String, String)], _ protocolName: String) -> [Row] {
    codes.map { code, errno in
      Row(
        cause: "\(protocolName) \(code)", errno: errno, moment: .afterOneRoundTrip,
        events: .failure)
    }
  }

  /// Source: `tcp_reset`; measured on Linux 6.18.
  static let restarts = [
    Row(
      cause: "idle, without SO_KEEPALIVE", errno: nil, moment: .never, events: nil),
    Row(
      cause: "idle, with SO_KEEPALIVE", errno: "ECONNRESET", moment: .atFirstProbe,
      events: .failure),
    Row(
      cause: "something is sent: the write succeeds, the next call fails; writes after that EPIPE",
      errno: "ECONNRESET", moment: .afterOneRoundTrip, events: .failure),
    Row(
      cause: "something is sent after the peer had closed its side (CLOSE-WAIT)",
      errno: "EPIPE", moment: .afterOneRoundTrip, events: .failure),
    Row(
      cause: "connecting (SYN-SENT)", errno: "ECONNREFUSED", moment: .afterOneRoundTrip,
      events: .failure),
  ]
}
