package import NetAddress

/// A way a connection fails that no timer of this host decides.
package enum ImmediateFailure: String, CaseIterable, Sendable {
  case refused
  case noRoute = "no-route"
  case rejected
  case restarted

  /// What happened, in a line.
  package var summary: String {
    switch self {
    case .refused: "connect() to a host that answers with a reset"
    case .noRoute: "connect() where the routing table has a verdict of its own"
    case .rejected: "connect() to a host or through a router that answers with ICMP"
    case .restarted: "the peer restarted and knows nothing of the connection"
    }
  }

  /// When it is told.
  package enum Moment: String, CaseIterable, Sendable {
    case atOnce = "at once"
    case afterOneRoundTrip = "after one round trip"
    case atFirstProbe = "at the first keepalive probe"
    case never
  }

  /// One cause and what the program is told.
  package struct Row: Sendable {
    package let cause: String
    /// nil if nobody is told.
    package let errno: String?
    package let moment: Moment
    /// What epoll reports; nil if `connect()` itself returns the errno, or nothing happens.
    package let events: EpollEvents?
  }

  package var rows: [Row] {
    switch self {
    case .refused: Self.refusals
    case .noRoute: Self.routes
    case .rejected: Self.icmp(Self.icmpV4, "ICMP") + Self.icmp(Self.icmpV6, "ICMPv6")
    case .restarted: Self.restarts
    }
  }

  /// What else there is to know.
  ///
  /// Source: measured on Linux 6.18; for the rate limit `ip_error` in net/ipv4/route.c.
  package var notes: [String] {
    switch self {
    case .refused:
      [
        """
        A full accept queue does not refuse: SYNs are dropped, and the host looks silent, as in \
        the scenario connect.
        """
      ]
    case .noRoute:
      [
        """
        A packet filter that drops what this host sends has no errno: the host looks silent, as in \
        the scenario connect. Nor has an address on the local link that no host has: see the \
        scenario neighbour.
        """
      ]
    case .rejected:
      [
        """
        ICMP that this very host makes (its own firewall, a veth pair) arrives while connect() holds \
        the socket. IPv4 then shows ERR alone at once, and SO_ERROR tells and clears the errno \
        while the attempt goes on; IPv6 shows nothing. Both end with the first retransmission, after \
        1 s.
        """,
        """
        A Linux router that rejects limits its answers to one client: three connects at once were \
        told after 0, 7 and 11 s. On an established connection the same ICMP ends nothing; it \
        becomes the errno of a later timeout.
        """,
      ]
    case .restarted:
      [
        """
        If the reset is lost or filtered, the peer is silent: see the scenarios idle and send.
        """
      ]
    }
  }
}

extension EpollEvents {
  /// What any failure of a connection shows, an attempt's as well (`tcp_poll`; measured).
  package static let failure: Self = [.input, .output, .error, .hangUp, .peerClosed]
}
