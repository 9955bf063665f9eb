package import NetAddress

/// The dotted name of a sysctl, for example `net.ipv4.tcp_syn_retries`.
///
/// An open set: the kernel adds keys, and per-device keys carry the device's name.
package struct SysctlKey: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible
{
  package let rawValue: String

  package init(rawValue: String) { self.rawValue = rawValue }
  package init(_ name: String) { self.rawValue = name }

  /// The key that a name stands for where people write it, with `.` or `/` between its parts.
  ///
  /// The first separator decides: written with `/`, the dots belong to a device's name.
  package init(parsing name: String) {
    let first = name.utf8.first { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/") }
    rawValue = first == UInt8(ascii: "/") ? Self.exchangingSeparators(name) : name
  }

  /// The key of a file, with its path below `/proc/sys`.
  package init(path: String) { rawValue = Self.exchangingSeparators(path) }

  package var description: String { rawValue }

  /// The last part, for example `tcp_syn_retries`.
  package var shortName: Substring {
    let dot = UInt8(ascii: ".")
    let text = rawValue.utf8
    guard let end = text.lastIndex(where: { $0 != dot }) else { return "" }
    let start = text[..<end].lastIndex(of: dot).map(text.index(after:)) ?? text.startIndex
    return rawValue[start...end]
  }

  /// The file below `/proc/sys`; a dot inside a device's name is written `/` in the dotted form.
  package var path: String { Self.exchangingSeparators(rawValue) }

  /// Dots for slashes and slashes for dots.
  private static func exchangingSeparators(_ name: String) -> String {
    let (dot, slash) = (UInt8(ascii: "."), UInt8(ascii: "/"))
    return String(
      decoding: name.utf8.map { $0 == dot ? slash : $0 == slash ? dot : $0 }, as: UTF8.self)
  }

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  package static let tcpSynRetries = Self("net.ipv4.tcp_syn_retries")
  package static let tcpSynLinearTimeouts = Self("net.ipv4.tcp_syn_linear_timeouts")
  package static let tcpSynackRetries = Self("net.ipv4.tcp_synack_retries")
  package static let tcpOrphanRetries = Self("net.ipv4.tcp_orphan_retries")
  package static let tcpFinTimeout = Self("net.ipv4.tcp_fin_timeout")
  package static let tcpRetries1 = Self("net.ipv4.tcp_retries1")
  package static let tcpRetries2 = Self("net.ipv4.tcp_retries2")
  package static let tcpKeepaliveTime = Self("net.ipv4.tcp_keepalive_time")
  package static let tcpKeepaliveIntvl = Self("net.ipv4.tcp_keepalive_intvl")
  package static let tcpKeepaliveProbes = Self("net.ipv4.tcp_keepalive_probes")
  package static let tcpRtoMinUs = Self("net.ipv4.tcp_rto_min_us")
  package static let tcpRtoMaxMs = Self("net.ipv4.tcp_rto_max_ms")
  package static let tcpEarlyRetrans = Self("net.ipv4.tcp_early_retrans")
  package static let tcpSack = Self("net.ipv4.tcp_sack")
  package static let tcpCongestionControl = Self("net.ipv4.tcp_congestion_control")
  package static let tcpThinLinearTimeouts = Self("net.ipv4.tcp_thin_linear_timeouts")
  package static let tcpMaxTwBuckets = Self("net.ipv4.tcp_max_tw_buckets")
  package static let tcpTwReuse = Self("net.ipv4.tcp_tw_reuse")
  package static let tcpTimestamps = Self("net.ipv4.tcp_timestamps")
  package static let tcpSyncookies = Self("net.ipv4.tcp_syncookies")
  package static let tcpAbortOnOverflow = Self("net.ipv4.tcp_abort_on_overflow")
  package static let tcpMaxSynBacklog = Self("net.ipv4.tcp_max_syn_backlog")
  package static let tcpWindowScaling = Self("net.ipv4.tcp_window_scaling")
  package static let tcpRmem = Self("net.ipv4.tcp_rmem")
  package static let tcpWmem = Self("net.ipv4.tcp_wmem")
  package static let tcpMem = Self("net.ipv4.tcp_mem")
  package static let rmemMax = Self("net.core.rmem_max")
  package static let wmemMax = Self("net.core.wmem_max")
  package static let netdevMaxBacklog = Self("net.core.netdev_max_backlog")
  package static let somaxconn = Self("net.core.somaxconn")
  package static let ipLocalPortRange = Self("net.ipv4.ip_local_port_range")
  package static let ipLocalReservedPorts = Self("net.ipv4.ip_local_reserved_ports")
  package static let tcpChallengeACKLimit = Self("net.ipv4.tcp_challenge_ack_limit")
  package static let conntrackEstablished =
    Self("net.netfilter.nf_conntrack_tcp_timeout_established")
  package static let conntrackTCPLoose = Self("net.netfilter.nf_conntrack_tcp_loose")
}

extension SysctlKey {
  /// Returns a sysctl of the neighbour table: what new devices start with.
  package static func neighbour(_ name: String, _ family: AddressFamily) -> Self {
    Self("net.\(family.rawValue).neigh.default.\(name)")
  }

  private static let neighbourTables = AddressFamily.allCases.map { family in
    (family: family, prefix: "net.\(family.rawValue).neigh.")
  }

  /// The parts of a neighbour setting, or nil; a capture may hold any number of other keys.
  private var neighbourParts: (family: AddressFamily, device: Substring, name: Substring)? {
    guard let table = Self.neighbourTables.first(where: { rawValue.hasPrefix($0.prefix) }) else {
      return nil
    }
    let rest = rawValue.utf8.dropFirst(table.prefix.utf8.count)
    let parts = rest.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
    return (table.family, Substring(parts[0]), Substring(parts[1]))
  }

  /// Of a device's own neighbour setting the one that all devices begin with; nil for other keys.
  package var sharedByDevices: Self? {
    guard let parts = neighbourParts, parts.device != "default" else { return nil }
    return .neighbour(String(parts.name), parts.family)
  }

  /// The device whose own neighbour setting it is; nil for other keys.
  package var device: String? {
    guard let parts = neighbourParts, parts.device != "default" else { return nil }
    return Self.exchangingSeparators(String(parts.device))
  }

  /// Of a sysctl of the neighbour table the one that a device has; other keys stay as they are.
  ///
  /// A dot inside the device's name is written `/`.
  package func ofDevice(_ device: String) -> Self {
    guard let family else { return self }
    let name = Self.exchangingSeparators(device)
    return Self("net.\(family.rawValue).neigh.\(name).\(shortName)")
  }

  /// Another setting of the same device, or of the same table.
  package func sibling(_ name: String) -> Self {
    Self(rawValue.dropLast(shortName.count) + name)
  }

  /// The family whose neighbours it is for; nil for all other keys.
  package var family: AddressFamily? {
    Self.neighbourTables.first { rawValue.hasPrefix($0.prefix) }?.family
  }
}
