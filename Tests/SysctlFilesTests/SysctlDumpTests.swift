import SysctlFiles
import TCPModel
import Testing

struct SysctlDumpTests {
  @Test func `a dump is read with all its quirks`() throws {
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
    let snapshot = SettingsSnapshot(try SysctlDump(parsing: text), source: "a.txt")
    #expect(snapshot.kernel == KernelVersion(6, 1))
    #expect(snapshot[SysctlKey("net.ipv4.tcp_rmem")] == .value(.numbers([4096, 131072, 6291456])))
    #expect(snapshot[.tcpSynRetries] == .value(5))
    #expect(snapshot[.tcpRetries2] == .value(8))
    #expect(snapshot[SysctlKey("net.ipv4.ip_local_reserved_ports")] == .value(.text("")))
    #expect(snapshot[SysctlKey("net.ipv4.tcp_fastopen_key")] == .denied("EACCES"))
    #expect(snapshot[.tcpKeepaliveTime] == .value(300))
    #expect(snapshot[.tcpKeepaliveIntvl] == .absent)
  }

  /// Text, line of the complaint.
  @Test(arguments: [
    ("net.ipv4.tcp_syn_retries = 6\nnet.ipv4.tcp_ret", 2),
    ("net.ipv4.tcp_syn_retries = 6\nnet.ipv4.tcp_retries2 = 1", 2),
    ("net.ipv4.tcp_syn_retries = 6\nhello world\nnet.ipv4.tcp_retries2 = 15\n", 2),
    ("", 1), ("kernel.osrelease = 6.1\n", 2),
  ])
  func `a dump that is none says where`(text: String, line: Int) {
    #expect { try SysctlDump(parsing: text) } throws: { error in
      (error as? SysctlDump.Malformed)?.line == line
    }
  }

  @Test func `a dump with carriage returns and comments is read`() throws {
    let text = "# a host\r\nnet.ipv4.tcp_syn_retries = 5\r\n; why\r\nnet.ipv4.tcp_retries2 = 8\r\n"
    let dump = try SysctlDump(parsing: text)
    #expect(dump.values == [.tcpSynRetries: "5", .tcpRetries2: "8"])
  }
}
