package import TCPModel

/// A wait that no scenario of Linux simulates: of another system, of a resolver, or one that passes.
package struct KnownWait: Hashable, Sendable {
  /// Whose it is, such as `Windows`.
  package let system: String
  /// What waits, and for what.
  package let summary: String
  package let likelihood: HangCandidate.Likelihood
  package let range: TimeRange
  /// The names of the errnos that it may end with; none: it ends without, or with none at all.
  package let errnos: [String]
  package let clue: Clue
  package let source: String
}

extension KnownWait {
  package static let all = stalls + rejections + resolvers + otherSystems

  /// Source: `TCP_DELACK_MIN` in include/net/tcp.h; RFC 896.
  private static let stalls = [
    KnownWait(
      system: "Linux",
      summary: "a small write waits for the ACK of the one before (Nagle), and that is delayed;"
        + " nothing gives up",
      likelihood: .stall, range: TimeRange(.milliseconds(40), .milliseconds(50)), errnos: [],
      clue: Clue(
        "strace -f -e trace=%network -r -p PID",
        "two small writes in a row, then a read that takes 40 ms; with TCP_NODELAY it is gone"),
      source: "include/net/tcp.h, TCP_DELACK_MIN; RFC 896")
  ]

  /// Measured on Linux 6.18: such an ICMP arrives while connect() holds the socket.
  private static let rejections = [
    KnownWait(
      system: "Linux",
      summary: "connect(), rejected with ICMP by this host's own firewall or the other end of a"
        + " veth pair; it counts at the first retransmission",
      likelihood: .kernelDefault,
      range: TimeRange(.milliseconds(1000), .milliseconds(1080)),
      errnos: ["EHOSTUNREACH", "ENETUNREACH", "ECONNREFUSED", "EACCES"],
      clue: Clue(
        "nstat -az TcpExtLockDroppedIcmps", "grows by one for each SYN; see `explain rejected`"),
      source: "tcp_v4_err in net/ipv4/tcp_ipv4.c; measured on Linux 6.18")
  ]

  /// One query is given 5 s, twice, at each name server; glibc gives the second and third less.
  private static let resolvers = [
    (5, "one query to a name server is lost"), (10, "the only name server is silent"),
    (15, "three queries in a row are lost"), (20, "both name servers are silent"),
    (28, "all three name servers are silent (glibc)"),
    (30, "all three name servers are silent (Go and others)"),
  ].map { seconds, cause in
    KnownWait(
      system: "name resolver",
      summary: "getaddrinfo() before any connect: \(cause)", likelihood: .resolver,
      range: TimeRange(.seconds(seconds), .seconds(seconds) + .milliseconds(50)), errnos: [],
      clue: Clue(
        "time getent ahosts NAME",
        "takes as long without any TCP, and is instant with the address instead of the name"),
      source: "resolv.conf(5), timeout and attempts; glibc, resolv/res_send.c")
  }

  private static let otherSystems = [
    KnownWait(
      system: "Windows",
      summary: "connect() to a host that stays silent: SYNs at 0, 3 and 9 s, and 12 s more",
      likelihood: .otherSystem, range: TimeRange(.seconds(21), .milliseconds(21_100)),
      errnos: ["ETIMEDOUT"],
      clue: Clue(
        "netsh interface tcp show global",
        "on that Windows: an initial RTO of 3000 ms and two SYN retransmissions; there it is"
          + " WSAETIMEDOUT, 10060"),
      source: "Microsoft KB 2786464"),
    KnownWait(
      system: "Windows",
      summary: "established, nothing to send, peer silently gone: SO_KEEPALIVE after 2 h, and ten"
        + " probes a second apart",
      likelihood: .otherSystem, range: TimeRange(.seconds(7200), .seconds(7220)),
      errnos: ["ETIMEDOUT", "ECONNRESET"],
      clue: Clue(nil, "the side that gave up runs Windows"),
      source: "learn.microsoft.com/windows/win32/winsock/sio-keepalive-vals"),
    KnownWait(
      system: "macOS, FreeBSD",
      summary: "connect() to a host that stays silent: net.inet.tcp.keepinit",
      likelihood: .otherSystem, range: TimeRange(.seconds(75), .milliseconds(75_600)),
      errnos: ["ETIMEDOUT"],
      clue: Clue("sysctl net.inet.tcp.keepinit", "75000 on the side that connected"),
      source: "FreeBSD tcp(4), xnu tcp(4)"),
    KnownWait(
      system: "macOS, FreeBSD",
      summary: "established, nothing to send, peer silently gone: SO_KEEPALIVE after 2 h, and"
        + " eight probes 75 s apart",
      likelihood: .otherSystem, range: TimeRange(.seconds(7800), .seconds(7810)),
      errnos: ["ETIMEDOUT"],
      clue: Clue(
        "sysctl net.inet.tcp.keepidle net.inet.tcp.keepintvl net.inet.tcp.keepcnt",
        "7200000, 75000 and 8 on the side that gave up"),
      source: "FreeBSD tcp(4)"),
  ]
}
