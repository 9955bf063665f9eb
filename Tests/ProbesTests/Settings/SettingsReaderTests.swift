import Foundation
import Linux
import NetAddress
import TCPModel
import TemporaryFolders
import Testing

@testable import Probes

struct SettingsReaderTests {
  private func snapshot(_ files: [String: String]) throws -> (SettingsSnapshot, TemporaryFolder) {
    let tree = try TemporaryFolder(files)
    return (try SettingsReader(ProcFS(root: tree.path)).snapshot(), tree)
  }

  /// What a file holds, and what is read from it.
  @Test(arguments: [
    ("6\n", SysctlReading.value(6)), ("6", .value(6)), (" 6 \n", .value(6)),
    ("-1\n", .value(-1)),
    ("\n", .malformed("")), ("", .malformed("")), ("six\n", .malformed("six")),
    ("6 7\n", .value(6)), ("128\n", .value(128)), ("0x6\n", .value(6)), ("6,7", .malformed("6,7")),
    ("99999999999999999999\n", .malformed("99999999999999999999")),
  ])
  func `settings reader: a number is a value as the kernel reads it, everything else malformed`(
    text: String, reading: SysctlReading
  ) throws {
    let (snapshot, tree) = try snapshot(["sys/net/ipv4/tcp_syn_retries": text])
    #expect(snapshot[.tcpSynRetries] == reading)
    #expect(snapshot.source == "\(tree.path)/sys")
  }

  @Test(arguments: [
    ("4096\t131072\t6291456\n", SysctlReading.value(.numbers([4096, 131072, 6291456]))),
    ("4096 131072 6291456", .value(.numbers([4096, 131072, 6291456]))),
    ("4096\t131072\n", .malformed("4096 131072")),
    ("4096\tmany\t6291456\n", .malformed("4096 many 6291456")),
  ])
  func `settings reader: a triple is three numbers with one blank between`(
    text: String, reading: SysctlReading
  )
    throws
  {
    let (snapshot, _) = try snapshot(["sys/net/ipv4/tcp_rmem": text])
    #expect(snapshot[SysctlKey("net.ipv4.tcp_rmem")] == reading)
  }

  @Test func `settings reader: names, empty lists and long lists are text`() throws {
    let ports = (1...2000).map { "\($0 * 2)" }.joined(separator: ",")
    let (snapshot, _) = try snapshot([
      "sys/net/ipv4/tcp_congestion_control": "cubic\n",
      "sys/net/ipv4/ip_local_reserved_ports": ports + "\n",
    ])
    #expect(snapshot[SysctlKey("net.ipv4.tcp_congestion_control")] == .value(.text("cubic")))
    #expect(snapshot[SysctlKey("net.ipv4.ip_local_reserved_ports")] == .value(.text(ports)))
    let (empty, _) = try self.snapshot(["sys/net/ipv4/ip_local_reserved_ports": "\n"])
    #expect(empty[SysctlKey("net.ipv4.ip_local_reserved_ports")] == .value(.text("")))
  }

  @Test
  func `settings reader: what is not there is absent, what cannot be read denied with the errno`()
    throws
  {
    let tree = try TemporaryFolder()
    try tree.makeFolder("sys/net/ipv4/tcp_syn_retries")
    try tree.write("sys/net/ipv4/tcp_retries2", String(repeating: "1", count: 300))
    try tree.link("sys/net/ipv4/tcp_keepalive_time", to: "tcp_keepalive_time")
    let snapshot = try SettingsReader(ProcFS(root: tree.path)).snapshot()
    #expect(snapshot[.tcpKeepaliveIntvl] == .absent)
    #expect(snapshot[SysctlKey("net.core.somaxconn")] == .absent)
    #expect(snapshot[.tcpSynRetries] == .denied("EISDIR"))
    if case .malformed = snapshot[.tcpRetries2] {
    } else {
      Issue.record("\(snapshot[.tcpRetries2]) is read from what no kernel prints")
    }
    #expect(snapshot[.tcpKeepaliveTime] == .denied("ELOOP"))
  }

  @Test(.enabled(if: geteuid() != 0, "root reads files of mode 0 as well"))
  func `settings reader: a file without permission is denied`() throws {
    let tree = try TemporaryFolder(["sys/net/ipv4/tcp_syn_retries": "6\n"])
    try FileManager.default.setAttributes(
      [.posixPermissions: 0], ofItemAtPath: "\(tree.path)/sys/net/ipv4/tcp_syn_retries")
    let snapshot = try SettingsReader(ProcFS(root: tree.path)).snapshot()
    #expect(snapshot[.tcpSynRetries] == .denied("EACCES"))
  }

  @Test
  func `settings reader: a captured tree names its kernel, and neither tick nor namespace`() throws
  {
    let (snapshot, _) = try snapshot([
      "sys/net/ipv4/tcp_syn_retries": "6\n", "sys/kernel/osrelease": "5.15.0-91-generic\n",
    ])
    #expect(snapshot.kernel?.release == "5.15.0-91-generic")
    #expect(snapshot.kernel == KernelVersion(5, 15))
    #expect(snapshot.tickRate == nil)
    #expect(snapshot.namespace == nil)
    let (copied, _) = try self.snapshot([
      "sys/net/ipv4/tcp_syn_retries": "6\r\n", "sys/kernel/osrelease": "6.1.0-13-amd64\r\n",
    ])
    #expect(copied.kernel?.release == "6.1.0-13-amd64")
    #expect(copied[.tcpSynRetries] == .value(6))
    for release in ["", "\n", "nonsense\n"] {
      let (unknown, _) = try self.snapshot([
        "sys/net/ipv4/tcp_syn_retries": "6\n", "sys/kernel/osrelease": release,
      ])
      #expect(unknown.kernel == nil)
    }
  }

  @Test
  func `settings reader: keys that no catalogue has are read where they are asked for`() throws {
    let tree = try TemporaryFolder([
      "sys/net/ipv4/tcp_syn_retries": "6\n", "sys/kernel/pid_max": "4194304\n",
    ])
    let keys = ["kernel.pid_max", "kernel.none"].map { SysctlKey($0) }
    let snapshot = try SettingsReader(ProcFS(root: tree.path)).snapshot(of: [], and: keys)
    #expect(snapshot.readings == [keys[0]: .value(4_194_304), keys[1]: .absent])
  }

  @Test func `settings reader: a tree without settings is refused`() throws {
    let tree = try TemporaryFolder(["sys/kernel/osrelease": "6.18\n"])
    #expect(throws: SystemCallError.self) {
      try SettingsReader(ProcFS(root: tree.path)).snapshot()
    }
  }

  @Test
  func `settings reader: a device has neighbour settings of its own, a dot may be in its name`()
    throws
  {
    let tree = try TemporaryFolder([
      "sys/net/ipv4/neigh/eth0.7/mcast_solicit": "9\n",
      "sys/net/ipv4/neigh/default/mcast_solicit": "3\n",
    ])
    let settings = try SettingsReader(ProcFS(root: tree.path)).neighbourSettings(of: "eth0.7", .v4)
    let key = SysctlKey.neighbour("mcast_solicit", .v4).ofDevice("eth0.7")
    #expect(settings[key] == .value(9))
    #expect(key.sharedByDevices != nil)
    #expect(settings.readings.keys.allSatisfy { $0.family == .v4 })
  }

  @Test func `settings reader: where the neighbour tables are not shown, devices are read`() throws
  {
    let requests = "neigh/eth0.7/mcast_solicit"
    let tree = try TemporaryFolder(["sys/net/ipv4/\(requests)": "9\n"])
    let reader = SettingsReader(ProcFS(root: tree.path))
    let key = SysctlKey.neighbour("mcast_solicit", .v4)
    var snapshot = try reader.snapshot()
    try reader.addDevices(to: &snapshot)
    #expect(snapshot[key] == .absent)
    #expect(snapshot.ofDevices(key).map(\.device) == ["eth0.7"])
    #expect(snapshot.ofDevices(key).map(\.reading) == [.value(9)])
    try tree.write("sys/net/ipv4/neigh/default/mcast_solicit", "3\n")
    snapshot = try reader.snapshot(of: [try #require(SysctlCatalog[key])])
    try reader.addDevices(to: &snapshot)
    #expect(snapshot.readings == [key: .value(3)])
  }

  @Test
  func `settings reader: this host has a kernel, a tick, a namespace and the keys of its release`()
    throws
  {
    let snapshot = try SettingsReader(ProcFS()).snapshot()
    let kernel = try #require(snapshot.kernel)
    let tick = try #require(snapshot.tickRate)
    #expect([100, 250, 300, 1000].contains(tick.hertz), "an unusual tick: \(tick)")
    #expect(snapshot.namespace?.hasPrefix("net:[") == true)
    #expect(snapshot.source == "/proc/sys")
    #expect(snapshot.readings.count == SysctlCatalog.all.count)
    let ipv4 = SysctlCatalog.all.filter { $0.key.rawValue.hasPrefix("net.ipv4.tcp_") }
    for sysctl in ipv4 where sysctl.exists(in: kernel) && snapshot[sysctl.key] != .absent {
      #expect(snapshot[sysctl.key].printed != nil, "\(sysctl.key): \(snapshot[sysctl.key])")
    }
    #expect(snapshot[.tcpSynRetries] != .absent)
  }
}
