import SysctlFiles
import TCPModel
import Testing

struct CapturedTextTests {
  private func snapshot(_ text: String) throws -> SettingsSnapshot {
    try CapturedText(parsing: Array(text.utf8)).snapshot(source: "a.txt")
  }

  private func capture(_ text: String) throws -> SettingsCapture {
    try #require(try snapshot(text).capture)
  }

  @Test func `captured text: a dump is read with all its quirks`() throws {
    let text = """
      kernel.osrelease = 6.1.0-13-amd64
      net.ipv4.tcp_rmem = 4096\t131072\t6291456
      net.ipv4.tcp_syn_retries: 5
      net/ipv4/tcp_retries2 = 8
      net.ipv4.ip_local_reserved_ports =
      sysctl: permission denied on key 'net.ipv4.tcp_fastopen_key'
      net.ipv4.tcp_keepalive_time=300
      net.ipv4.conf.eth0/100.rp_filter = 1

      """
    let snapshot = try snapshot(text)
    #expect(snapshot.kernel == KernelVersion(6, 1))
    #expect(snapshot[SysctlKey("net.ipv4.tcp_rmem")] == .value(.numbers([4096, 131072, 6291456])))
    #expect(snapshot[.tcpSynRetries] == .value(5))
    #expect(snapshot[.tcpRetries2] == .value(8))
    #expect(snapshot[SysctlKey("net.ipv4.ip_local_reserved_ports")] == .value(.text("")))
    #expect(snapshot[SysctlKey("net.ipv4.tcp_fastopen_key")] == .denied("EACCES"))
    #expect(snapshot[.tcpKeepaliveTime] == .value(300))
    #expect(snapshot[SysctlKey("net.ipv4.conf.eth0/100.rp_filter")] == .value(1))
    #expect(snapshot[.tcpKeepaliveIntvl] == .absent)
    #expect(snapshot.capture?.remarks == [])
  }

  /// What stands in a line, and what tcp_syn_retries then is.
  @Test(arguments: [
    ("net.ipv4.tcp_syn_retries = 5", SysctlReading.value(5)),
    ("net.ipv4.tcp_syn_retries = 5\r\n", .value(5)),
    ("net.ipv4.tcp_syn_retries = 5\r\r\n", .value(5)),
    ("; why\rnet.ipv4.tcp_syn_retries = 5\rnet.ipv4.tcp_retries2 = 8\r", .value(5)),
    ("\u{FEFF}net.ipv4.tcp_syn_retries = 5\n", .value(5)),
    ("-net.ipv4.tcp_syn_retries = 5\n", .value(5)),
    ("- net.ipv4.tcp_syn_retries = 5\n", .value(5)),
    ("/net/ipv4/tcp_syn_retries = 5\nnet.ipv4.tcp_retries2 = 8\n", .value(5)),
    ("net.ipv4.tcp_syn_retries = 5 # five\n", .value(5)),
    ("net.ipv4.tcp_syn_retries = 5; five\n", .malformed("5; five")),
    ("net.ipv4.tcp_syn_retries = 010\n", .value(8)),
    ("net.ipv4.tcp_syn_retries = 0x5\n", .value(5)),
    ("net.ipv4.tcp_syn_retries = +5\n", .malformed("+5")),
    ("net.ipv4.tcp_syn_retries = 6\nnet.ipv4.tcp_syn_retries = 5\n", .value(5)),
    ("net.ipv4.tcp_syn_retries = 5\nnet.ipv4.tcp_syn_* = 6\n", .value(5)),
    ("net.ipv4.tcp_syn_* = 6\nnet.ipv4.tcp_syn_retries = 5\n", .value(5)),
    ("net.ipv4.tcp_syn_* = 5\n", .value(5)),
    ("net.ipv4.tcp_syn_* = 5\n-net.ipv4.tcp_syn_retries\n", .absent),
    ("net.ipv4.tcp_syn_retries = 1\n2\n", .malformed("1 2")),
    ("net.ipv4.tcp_syn_retries = -1\n", .value(-1)),
    ("net.ipv4.tcp_syn_retries = 99999999999999999999\n", .malformed("99999999999999999999")),
    ("sysctl: permission denied on key 'net.ipv4.tcp_syn_retries'\n", .denied("EACCES")),
    (
      "sysctl: permission denied on key \"net.ipv4.tcp_syn_retries\", ignoring\n", .denied("EACCES")
    ),
    ("error: permission denied on key 'net.ipv4.tcp_syn_retries'\n", .denied("EACCES")),
    ("error: \"Input/output error\" reading key \"net.ipv4.tcp_syn_retries\"\n", .denied("EIO")),
    ("sysctl: reading key \"net.ipv4.tcp_syn_retries\"\n", .denied("EIO")),
    ("sysctl: error reading key 'net.ipv4.tcp_syn_retries': I/O error\n", .denied("EIO")),
  ])
  func `captured text: a line is read as it was meant`(text: String, reading: SysctlReading) throws
  {
    #expect(try snapshot(text)[.tcpSynRetries] == reading)
  }

  @Test(arguments: [
    "error: \"net.ipv4.tcp_rto_max_ms\" is an unknown key",
    "sysctl: cannot stat /proc/sys/net/ipv4/tcp_rto_max_ms: No such file or directory",
    "sysctl: error: 'net.ipv4.tcp_rto_max_ms' is an unknown key",
  ])
  func `captured text: a key that sysctl did not find is not assumed`(message: String) throws {
    let partial = try snapshot("\(message)\nnet.ipv4.tcp_syn_retries = 3\n")
    #expect(partial.readings[.tcpRtoMaxMs] == .absent)
    let judged = partial.moved(to: KernelVersion(6, 18))
    #expect(judged[.tcpRtoMaxMs] == .absent)
    #expect(judged[.tcpRtoMinUs] == .value(200_000))
    #expect(judged.assumed.contains(.tcpRtoMinUs))
    #expect(!judged.assumed.contains(.tcpRtoMaxMs))
  }

  @Test(arguments: [
    ("kernel.osrelease = 6.1\nnet.ipv4.tcp_syn_retries = 3\n", SettingsCapture.Format.dump),
    ("net.ipv4.tcp_syn_retries = 3\n", .dump),
    ("# sysctl -a | grep syn\nnet.ipv4.tcp_syn_retries = 3\n", .dump),
    ("# a host\nkernel.osrelease = 6.1\nnet.ipv4.tcp_syn_retries = 3\n", .dump),
    ("# faster\nnet.ipv4.tcp_syn_retries = 3\n", .files),
    ("; faster\nnet.ipv4.tcp_syn_retries = 3\n", .files),
    ("-net.ipv4.tcp_syn_retries = 3\n", .files), ("net.ipv4.tcp_syn_* = 3\n", .files),
  ])
  func `captured text: dumps and files are told apart`(text: String, format: SettingsCapture.Format)
    throws
  {
    #expect(try capture(text).format == format)
  }

  @Test func `captured text: lines that say nothing are counted, and the first is shown`() throws {
    let text = """
      Last login: Fri Nov 27 16:04:11 2026 from 192.0.2.17
      [root@h ~]# sysctl -a
      net.ipv4.tcp_syn_retries = 3
      ==> /etc/sysctl.d/99-x.conf <==
      * Applying /etc/sysctl.conf ...
      PATH=/usr/bin
      root@h.example.com:~# sysctl -w net.ipv4.tcp_retries2=3

      """
    let first = SettingsCapture.Line(1, "Last login: Fri Nov 27 16:04:11 2026 from 192.0.2.17")
    let capture = try capture(text)
    #expect(capture.remarks == [.skippedLines(count: 6, first: first)])
    #expect(try snapshot(text)[.tcpRetries2] == .absent)
  }

  @Test func `captured text: an end that may be cut off is said`() throws {
    let line = SettingsCapture.Line(2, "net.ipv4.tcp_retries2 = 1")
    let text = "net.ipv4.tcp_syn_retries = 6\r\nnet.ipv4.tcp_retries2 = 1"
    #expect(try capture(text).remarks == [.unendedLine(line)])
    #expect(try capture(text + "\r\n").remarks == [])
  }

  @Test(arguments: [
    ("net.ipv4.tcp_keepalive_interval", "net.ipv4.tcp_keepalive_intvl"),
    ("net.ipv4.tcp_keepalive_probe", "net.ipv4.tcp_keepalive_probes"),
    ("net.ipv6.tcp_keepalive_time", "net.ipv4.tcp_keepalive_time"),
    ("net.ipv4.somaxconn", "net.core.somaxconn"), ("net.core.somaxcon", "net.core.somaxconn"),
    ("net.ipv4.tcp_synretries", "net.ipv4.tcp_syn_retries"),
  ])
  func `captured text: a misspelt key is named with the one that is meant`(
    name: String, meant: String
  ) throws {
    let expected = SettingsCapture.Remark.misspelt(
      SettingsCapture.Line(1, name), nearest: SysctlKey(meant))
    #expect(try capture("\(name) = 5\n").remarks == [expected])
  }

  @Test(arguments: [
    "net.ipv4.tcp_dsack", "net.ipv4.udp_mem", "net.ipv4.tcp_fack", "net.ipv4.tcp_tw_recycle",
    "net.netfilter.nf_conntrack_sctp_timeout_established", "net.nf_conntrack_max",
    "net.ipv4.neigh.eth0.mcast_solicit", "net.ipv4.neigh.default.retrans_time",
    "net.ipv4.conf.all.rp_filter", "vm.swappiness", "net.core.optmem_max",
  ])
  func `captured text: a key that kernels have is not taken for a misspelt one`(name: String) throws
  {
    #expect(try capture("\(name) = 5\nnet.ipv4.tcp_syn_retries = 3\n").remarks == [])
  }

  /// Text, line of the complaint.
  @Test(arguments: [
    ("", 1), ("kernel.osrelease = 6.1\n", 2), ("hello\n", 1), ("vm.swappiness = 10\nhello\n", 2),
  ])
  func `captured text: what holds no setting of the network is refused, with a line`(
    text: String, line: Int
  ) {
    #expect { try CapturedText(parsing: Array(text.utf8)) } throws: { error in
      guard case .noSettings(line, _) = error as? CapturedText.Refusal else { return false }
      return true
    }
  }

  /// A capture may hold any number of keys; what is said of them, and how long it takes, has an end.
  @Test func `captured text: of many keys that look misspelt the first are named`() throws {
    let lines = (0..<10_000).map { "net.ipv4.tcp_retries\($0 + 10) = 1\n" }
    let snapshot = try snapshot(lines.joined() + "net.ipv4.tcp_retries2 = 8\n")
    #expect(snapshot[.tcpRetries2] == .value(.number(8)))
    let remarks = try #require(snapshot.capture).remarks
    #expect(remarks.count == 21)
    #expect(remarks.last == .moreMisspelt)
  }

  @Test func `captured text: more globs than anybody writes are refused, with a line`() throws {
    let globs = (0..<1001).map { "net.ipv4.conf.*.\($0) = 1\n" }
    #expect(throws: CapturedText.Refusal.tooManyGlobs(line: 1001, 1000)) {
      try CapturedText(parsing: Array(globs.joined().utf8))
    }
    #expect(throws: Never.self) {
      try CapturedText(parsing: Array(globs.dropLast().joined().utf8))
    }
  }

  @Test func `captured text: more settings than a host has are refused, with a line`() throws {
    let lines = (0..<500_001).map { "net.\($0) = 1\n" }
    #expect(throws: CapturedText.Refusal.tooManySettings(line: 500_001, 500_000)) {
      try CapturedText(parsing: Array(lines.joined().utf8))
    }
    #expect(throws: Never.self) {
      try CapturedText(parsing: Array(lines.dropLast().joined().utf8))
    }
  }

  @Test func `captured text: bytes that are no UTF-8 spoil nothing but their own line`() throws {
    let bytes =
      Array("# gr".utf8) + [0xF6, 0xDF, 0xE9] + Array("e\nnet.ipv4.tcp_retries2 = 8\n".utf8)
    let snapshot = try CapturedText(parsing: bytes).snapshot(source: "a.txt")
    #expect(snapshot[.tcpRetries2] == .value(8))
    #expect(snapshot.capture?.format == .files)
  }
}
