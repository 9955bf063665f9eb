import Randomness
import SysctlFiles
import TCPModel
import Testing

@Suite struct PlainDumpTests {
  static let keys = [
    "kernel.osrelease", "net.ipv4.tcp_rmem", "net.ipv4.tcp_retries2", "net.core.default_qdisc",
  ].map { SysctlKey($0) }
  static let dump = PlainDump(of: keys)

  @Test func readsWhatSysctlPrints() {
    let text = """
      abi.vsyscall32 = 1
      kernel.osrelease = 6.1.0-18-amd64
      net.core.default_qdisc = fq_codel
      net.ipv4.conf.eth0/100.rp_filter = 2
      net.ipv4.ip_local_reserved_ports = 
      net.ipv4.tcp_retries2 = 15
      net.ipv4.tcp_retries2 = 15
      net.ipv4.tcp_rmem = 4096\t131072\t6291456

      """
    #expect(
      Self.dump.values(in: Array(text.utf8))
        == ["6.1.0-18-amd64", "4096 131072 6291456", "15", "fq_codel"])
  }

  @Test(arguments: [
    "# a comment\n", "net.ipv4.tcp_retries2=15\n", "-net.ipv4.tcp_retries2 = 1\n",
    "net/ipv4/tcp_retries2 = 1\nx\n", "net.ipv4.* = 1\n", " net.ipv4.tcp_retries2 = 1\n",
    "net.ipv4.tcp_retries2 = 1\r\n", "net..ipv4 = 1\n", ".net.ipv4 = 1\n", "net.ipv4. = 1\n",
    "sysctl: permission denied on key 'net.ipv4.tcp_fastopen_key'\n",
    "net.ipv4.tcp_mem = 1\n 2 3\n",
    "net.ipv4.tcp_retries2 = 8\nnet.ipv4.tcp_retries2 = 15\n", "net.ipv4.tcp_retries2 = é\n",
    "net.ipv4.tcp_retries2: 1\n", "net.ipv4.tcp_retries2\n",
  ])
  func leavesEverythingElse(_ text: String) {
    #expect(Self.dump.values(in: Array(text.utf8)) == nil)
  }

  /// Whatever it takes, the reader of captures reads the same.
  @Test func agreesWithTheReaderOfCaptures() throws {
    var random = Dice(seed: 17)
    let pieces = [
      "net.ipv4.tcp_retries2", "net.ipv4.tcp_rmem", "kernel.osrelease", "net.core.default_qdisc",
      " = ", "=", " ", "\t", "8", "15", "4096", "0x10", "-1", "fq", "\n", "\n", "\n", ".", "/", "#",
      "*",
      "6.1", "net.", "\r", "-", "sysctl: ",
    ]
    var taken = 0
    for _ in 0..<20_000 {
      var text = "net.ipv4.tcp_sack = 1\n"
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        if Bool.random(using: &random) {
          text += "\(Self.keys.randomElement(using: &random)!) = "
        }
        for _ in 0..<Int.random(in: 0...6, using: &random) {
          text += pieces.randomElement(using: &random)!
        }
        text += "\n"
      }
      let bytes = Array(text.utf8)
      guard let values = Self.dump.values(in: bytes) else { continue }
      taken += 1
      let snapshot = try CapturedText(parsing: bytes).snapshot(source: "")
      for (key, value) in zip(Self.keys, values) {
        let reading = value.map {
          SysctlReading(parsing: $0, for: SysctlCatalog.definition(of: key))
        }
        #expect(reading == snapshot.readings[key], "\(key) in \(text)")
      }
    }
    #expect(taken > 500)
  }
}
