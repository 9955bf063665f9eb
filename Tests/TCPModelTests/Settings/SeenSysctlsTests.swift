import Foundation
import TCPModel
import Testing

/// The catalogue against what eleven kernels show: Debian's for cloud machines in an emulated one, as
/// root of the first network namespace and of a new one.
struct SeenSysctlsTests {
  /// What a kernel shows of one key; nil where it does not.
  struct Seen: Equatable {
    var host, namespace: String?
  }

  static let releases = [
    "5.10.223", "6.1.176", "6.12.117", "6.16.12", "6.17.13", "6.18.15", "6.19.14", "7.0.13",
    "7.1.13", "7.2.12", "7.3.4",
  ]
  /// Conntrack was not loaded.
  static let sysctls = SysctlCatalog.all.filter { !$0.key.rawValue.hasPrefix("net.netfilter.") }

  /// Lines of `key | in the first namespace | in a new one`; a dash stands for a missing key.
  private func seen(on release: String) throws -> [SysctlKey: Seen] {
    let path = try #require(
      Bundle.module.path(forResource: release, ofType: "txt", inDirectory: "Fixtures/sysctls"))
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    let rows = lines.map { line in
      let cells = line.split(separator: "|", omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
      let values = cells.dropFirst().map { $0 == "-" ? nil : $0 }
      return (SysctlKey(cells[0]), Seen(host: values[0], namespace: values[1]))
    }
    return Dictionary(uniqueKeysWithValues: rows)
  }

  @Test(arguments: releases)
  func `seen sysctls: a kernel has the keys that the catalogue says`(release: String) throws {
    let kernel = try #require(KernelVersion(release))
    let seen = try seen(on: release)
    // MPTCP was not built into it.
    let unbuilt = release == "5.10.223" ? ["net.mptcp.enabled"] : []
    for sysctl in Self.sysctls where !unbuilt.contains(sysctl.key.rawValue) {
      #expect((seen[sysctl.key] != nil) == sysctl.exists(in: kernel), "\(sysctl.key)")
    }
  }

  @Test(arguments: releases)
  func `seen sysctls: it begins with the defaults that the catalogue says`(release: String) throws {
    let kernel = try #require(KernelVersion(release))
    let seen = try seen(on: release)
    for sysctl in Self.sysctls {
      guard let usual = sysctl.defaultValue(in: kernel), let values = seen[sysctl.key] else {
        continue
      }
      #expect(values.host == usual, "\(sysctl.key)")
      #expect((values.namespace ?? usual) == usual, "\(sysctl.key)")
    }
  }

  @Test(arguments: releases)
  func `seen sysctls: a new namespace has its own of what the catalogue says`(release: String)
    throws
  {
    let kernel = try #require(KernelVersion(release))
    // A later stable release has these per namespace, as 6.12 has.
    let backported = release == "6.1.176" ? ["icmp_msgs_per_sec", "icmp_msgs_burst"] : []
    for (key, values) in try seen(on: release) where !backported.contains(String(key.shortName)) {
      let sysctl = try #require(SysctlCatalog[key])
      let isOwn = sysctl.scope(in: kernel) != .host
      // Since 6.12 a namespace may read, not write, what bounds all buffers.
      if !isOwn, ["rmem_max", "wmem_max"].contains(key.shortName) { continue }
      #expect((values.namespace != nil) == isOwn, "\(key)")
    }
  }
}
