/// A sysctl that guides still name although kernels have it no more, or ignore what it holds.
///
/// Sources: the sysctl documentation of each release from 2.6.11 to 6.19, and the trees of 3.10 to
/// 7.3 where it says so little.
package struct RetiredSysctl: Sendable {
  package enum Fate: Sendable {
    /// The first release without it, as far as it is known.
    case gone(in: String)
    /// Still there, without any effect.
    case ineffective(since: String)
    /// Still there, and working; another one says the same better.
    case deprecated(since: String)

    /// The release that it names, in words.
    fileprivate var release: String {
      switch self {
      case .gone(let release), .ineffective(let release), .deprecated(let release): release
      }
    }
  }

  /// The dotted key; a `*` stands for any text.
  package let pattern: String
  package let fate: Fate
  /// What it was, and what to do instead.
  package let note: String

  private init(_ pattern: String, gone release: String, _ note: String) {
    (self.pattern, fate, self.note) = (pattern, .gone(in: release), note)
  }

  private init(_ pattern: String, ineffective release: String, _ note: String) {
    (self.pattern, fate, self.note) = (pattern, .ineffective(since: release), note)
  }

  private init(_ pattern: String, deprecated release: String, _ note: String) {
    (self.pattern, fate, self.note) = (pattern, .deprecated(since: release), note)
  }

  /// The first release that is known to have it no more, or to ignore it; nil: all that are known.
  package var knownSince: KernelVersion? {
    fate.release.split(separator: " ").compactMap { KernelVersion(String($0)) }.last
  }

  /// What became of it.
  package var summary: String {
    switch fate {
    case .gone(let release) where knownSince?.description == release: "removed in Linux \(release)"
    case .gone(let release): "removed in \(release)"
    case .ineffective("ever"): "without effect"
    case .ineffective(let release): "without effect since Linux \(release)"
    case .deprecated("ever"): "deprecated"
    case .deprecated(let release): "deprecated since Linux \(release)"
    }
  }

  /// Finds one by its key, or by the last part of it.
  package init?(named name: String) {
    guard let found = Self.all.first(where: { $0.isNamed(name) }) else { return nil }
    self = found
  }

  /// Finds one by its whole key.
  package init?(_ key: SysctlKey) {
    guard
      let found = Self.byKey[key] ?? Self.globs.first(where: { $0.glob.matches(key.rawValue) })?.row
    else { return nil }
    self = found
  }

  private static let byKey = Dictionary(
    all.filter { !$0.isGlob }.map { (SysctlKey($0.pattern), $0) }
  ) { first, _ in first }

  private static let globs = all.filter(\.isGlob).map { (glob: Glob($0.pattern), row: $0) }

  private var isGlob: Bool {
    pattern.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
  }

  private func isNamed(_ name: String) -> Bool {
    if Glob(pattern).matches(name) { return true }
    guard let last = pattern.split(separator: ".").last, last != "*" else { return false }
    return Glob(last).matches(name)
  }

  package static let all: [RetiredSysctl] = [
    Self(
      "net.ipv4.tcp_tw_recycle", gone: "4.12",
      "it dropped the SYNs of clients that share an address behind NAT; nothing replaces it, and"
        + " outgoing connections have tcp_tw_reuse"),
    Self(
      "net.ipv4.tcp_thin_dupack", gone: "4.11",
      "thin streams need no threshold of their own since losses are found by time (tcp_recovery)"),
    Self("net.ipv4.tcp_dma_copybreak", gone: "3.18", "receiving by DMA engines was removed"),
    Self("net.ipv4.tcp_max_ssthresh", gone: "3.13", "limited slow start was removed"),
    Self("net.ipv4.tcp_cookie_size", gone: "3.10", "TCP cookie transactions were removed"),
    Self("net.ipv4.tcp_frto_response", gone: "3.10", "tcp_frto alone is left"),
    Self("net.ipv4.tcp_abc", gone: "3.9", "appropriate byte counting was removed"),
    Self("net.ipv4.rt_cache_rebuild_count", gone: "3.6", "the routing cache was removed"),
    Self("net.ipv4.route.secret_interval", gone: "3.6", "the routing cache was removed"),
    Self("net.ipv4.inet_peer_gc_mintime", gone: "3.1", "peers are thrown out by their number"),
    Self("net.ipv4.inet_peer_gc_maxtime", gone: "3.1", "peers are thrown out by their number"),
    Self("net.ipv4.tcp_rx_skb_cache", gone: "5.16", "it existed from 5.2 to 5.15 only"),
    Self("net.ipv4.tcp_tx_skb_cache", gone: "5.16", "it existed from 5.2 to 5.15 only"),
    Self(
      "net.ipv4.ip_conntrack_max", gone: "a release between 3.10 and 4.19",
      "net.netfilter.nf_conntrack_max is what it became"),
    Self(
      "net.ipv4.netfilter.ip_conntrack_*", gone: "a release between 3.10 and 4.19",
      "net.netfilter.nf_conntrack_* is what they became"),
    Self(
      "net.netfilter.nf_conntrack_helper", gone: "6.0",
      "helpers are assigned by rules, no longer by port"),
    Self("net.ipv4.tcp_vegas_*", gone: "2.6.13", "net.ipv4.tcp_congestion_control chooses it"),
    Self("net.ipv4.tcp_westwood", gone: "2.6.13", "net.ipv4.tcp_congestion_control chooses it"),
    Self("net.ipv4.tcp_bic*", gone: "2.6.13", "net.ipv4.tcp_congestion_control chooses it"),
    Self("net.ipv4.tcp_default_win_scale", gone: "2.6.13", "tcp_rmem sets the scale"),
    Self(
      "net.ipv4.vs.timeout_*", gone: "every release that can be checked",
      "no file sets them; ipvsadm --set does"),
    Self("net.decnet.*", gone: "6.1", "the protocol was removed"),
    Self("net.dccp.*", gone: "6.16", "the protocol was removed"),
    Self("net.irda.*", gone: "4.17", "the protocol was removed"),
    Self("net.ipx.*", gone: "4.18", "the protocol was removed"),
    Self(
      "net.ipv4.tcp_fack", ineffective: "4.19 or earlier",
      "losses are found by time (tcp_recovery)"),
    Self(
      "net.ipv4.tcp_low_latency", ineffective: "4.19 or earlier",
      "the queue that it switched off is no longer there"),
    Self(
      "net.ipv4.tcp_adv_win_scale", ineffective: "6.6",
      "the kernel measures how much of a buffer is data"),
    Self("net.ipv4.ipfrag_low_thresh", ineffective: "4.17", "ipfrag_high_thresh alone is left"),
    Self("net.ipv4.route.max_size", ineffective: "3.6", "the routing cache was removed"),
    Self("net.ipv6.route.max_size", ineffective: "6.3", "routes are not limited by it any more"),
    Self("net.ipv4.udp_wmem_min", ineffective: "ever", "it never had an effect"),
    Self(
      "net.*.xfrm?_gc_thresh", ineffective: "4.14", "the cache that it bounded was removed"),
    // Documentation/networking/ip-sysctl.rst; sysctl(8) leaves the latter two out.
    Self(
      "net.*.neigh.*.unres_qlen", deprecated: "3.3",
      "unres_qlen_bytes is what it became: bytes instead of packets"),
    Self(
      "net.*.neigh.*.base_reachable_time", deprecated: "ever",
      "base_reachable_time_ms says the same in milliseconds"),
    Self(
      "net.*.neigh.*.retrans_time", deprecated: "ever",
      "retrans_time_ms says the same in milliseconds, this one in ticks of 10 ms"),
  ]
}
