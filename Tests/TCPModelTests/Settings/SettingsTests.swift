import TCPModel
import Testing

struct SettingsTests {
  /// What `/proc` prints, for a sysctl or for one that nobody knows, and what that is.
  @Test(arguments: [
    ("6\n", "net.ipv4.tcp_retries2", SysctlValue.number(6), "6"),
    (
      "4096\t131072\t6291456\n", "net.ipv4.tcp_rmem", .numbers([4096, 131_072, 6_291_456]),
      "4096 131072 6291456"
    ),
    ("8080\n", "net.ipv4.ip_local_reserved_ports", .text("8080"), "8080"),
    ("\n", "net.ipv4.ip_local_reserved_ports", .text(""), ""),
    ("60\n", "vm.swappiness", .number(60), "60"),
    ("256\t32 0\n", "vm.lowmem_reserve_ratio", .numbers([256, 32, 0]), "256 32 0"),
    ("1 2 # as on the others\n", "vm.nothing", .numbers([1, 2]), "1 2"),
    (
      String(repeating: "7\t", count: 33), "vm.nothing",
      .text([String](repeating: "7", count: 33).joined(separator: " ")),
      [String](repeating: "7", count: 33).joined(separator: " ")
    ),
    (" cubic \n", "net.ipv4.tcp_congestion_control", .text("cubic"), "cubic"),
    ("|/bin/core %p\n", "kernel.core_pattern", .text("|/bin/core %p"), "|/bin/core %p"),
  ])
  func `sysctl: a value has a type, and is printed as proc does`(
    text: String, key: String, value: SysctlValue, printed: String
  ) {
    let reading = SysctlReading(parsing: text, for: SysctlCatalog[SysctlKey(key)])
    #expect(reading == .value(value))
    #expect(reading.printed == printed)
  }

  @Test func `settings: what a sysctl holds is told apart`() {
    let retries = SysctlCatalog[.tcpSynRetries]
    let memory = SysctlCatalog[SysctlKey("net.ipv4.tcp_rmem")]
    #expect(SysctlReading(parsing: "6\n", for: retries) == .value(6))
    #expect(SysctlReading(parsing: "six\n", for: retries) == .malformed("six"))
    #expect(SysctlReading(parsing: "", for: retries) == .malformed(""))
    #expect(SysctlReading(parsing: "1\t2\t3\n", for: memory) == .value(.numbers([1, 2, 3])))
    #expect(SysctlReading(parsing: "1\t2\n", for: memory) == .malformed("1 2"))
  }

  /// Key, value, accepted (written to Linux 6.18 by hand).
  @Test(arguments: [
    (SysctlKey.tcpSynRetries, "1", true), (.tcpSynRetries, "127", true),
    (.tcpSynRetries, "0", false), (.tcpSynRetries, "128", false), (.tcpRetries2, "255", true),
    (.tcpRetries2, "256", false), (.tcpRtoMaxMs, "999", false), (.tcpRtoMaxMs, "1000", true),
    (.tcpRtoMaxMs, "120001", false), (.tcpKeepaliveTime, "0", true),
    (.tcpKeepaliveTime, "-1", true), (.tcpRtoMinUs, "0", false), (.tcpSynRetries, "many", false),
  ])
  func `settings: what the kernel refuses is refused`(
    key: SysctlKey, value: String, isAccepted: Bool
  ) {
    #expect((SysctlCatalog[key]?.objection(to: value) == nil) == isAccepted)
  }

  @Test func `settings: the tick of another kernel is not known`() {
    let own = SettingsSnapshot.defaults(of: KernelVersion(6, 1), tickRate: TickRate(hertz: 250))
    #expect(own.moved(to: KernelVersion(6, 18)).tickRate == nil)
    #expect(own.moved(to: KernelVersion(6, 1)).tickRate == TickRate(hertz: 250))
  }

  @Test func `settings: under another kernel keys come and go`() {
    let old = SettingsSnapshot.defaults(of: KernelVersion(6, 1))
    #expect(old[.tcpSynLinearTimeouts] == .absent)
    let new = old.moved(to: KernelVersion(6, 18))
    #expect(new[.tcpSynLinearTimeouts] == .value(4))
    #expect(new[.tcpRtoMaxMs] == .value(120_000))
    #expect(new.moved(to: KernelVersion(6, 1))[.tcpRtoMaxMs] == .absent)
  }

  @Test func `settings: presence beats the version table`() throws {
    var backported = SettingsSnapshot.defaults(of: KernelVersion(5, 15))
    backported[.tcpSynLinearTimeouts] = .value(4)
    #expect(try KernelRules(of: backported).has(.linearSYNTimeouts))
    #expect(Timeline(of: Experiment(.connect, in: backported)).nominalEnd == .seconds(131))
  }

  @Test
  func `settings: a missing, denied or malformed setting makes a time unknown, and says why`() {
    var snapshot = SettingsSnapshot.defaults(of: KernelVersion(6, 18))
    for (reading, word) in [
      (SysctlReading.absent, "is not in"), (.denied("EACCES"), "EACCES"),
      (.malformed("x"), "malformed"),
    ] {
      snapshot[.tcpSynRetries] = reading
      guard case .unknown(let reason) = Timeline(of: Experiment(.connect, in: snapshot)).ends else {
        Issue.record("\(reading) gave a time")
        continue
      }
      #expect(reason.contains(word))
      #expect(reason.contains("tcp_syn_retries"))
    }
  }

  @Test func `settings: an unknown tick covers the common ones`() throws {
    let unknown = SettingsSnapshot.defaults(of: KernelVersion(6, 18))
    let whole = try #require(Timeline(of: Experiment(.connect, in: unknown)).range)
    for tick in TickRate.common {
      var known = unknown
      known.tickRate = tick
      let range = try #require(Timeline(of: Experiment(.connect, in: known)).range)
      #expect(whole.earliest <= range.earliest)
      #expect(range.latest <= whole.latest)
    }
  }

  @Test func `settings: kernels too old and captures without a kernel are refused`() {
    var old = SettingsSnapshot.defaults(of: KernelVersion(3, 9))
    #expect(throws: Unknown.self) { try KernelRules(of: old) }
    old.kernel = nil
    #expect(throws: Unknown.self) { try KernelRules(of: old) }
  }

  @Test(arguments: [
    ("6.18.44-fc-v657", 6, 18), ("5.15", 5, 15), ("5.4.0-91-generic", 5, 4), ("6.1+", 6, 1),
  ])
  func `settings: a release is read`(text: String, major: Int, minor: Int) {
    #expect(KernelVersion(text) == KernelVersion(major, minor))
    #expect(KernelVersion(text)?.description == text)
  }

  @Test(arguments: ["", "6", "six.one", "-6.1", ".1", "6."])
  func `settings: what is no release is none`(text: String) { #expect(KernelVersion(text) == nil) }

  @Test func `settings: the nearest name is found and a far one is not`() {
    let names = SysctlCatalog.all.map(\.key.rawValue)
    #expect(NearestName.of("net.ipv4.tcp_syn_retry", among: names) == "net.ipv4.tcp_syn_retries")
    #expect(NearestName.of("conect", among: Scenario.allCases.map(\.rawValue)) == "connect")
    #expect(NearestName.of("zzzzzzzz", among: names) == nil)
  }

  @Test(arguments: [
    (Duration.milliseconds(350), "350 ms"), (.milliseconds(6500), "6.5 s"),
    (.seconds(131), "131 s"),
    (.seconds(900), "15 min"), (.seconds(7875), "2 h 11 min"), (.zero, "0 s"),
    (.seconds(7200), "2 h"), (.microseconds(100), "0.1 ms"), (.milliseconds(133_304), "133 s"),
    (.seconds(938), "15 min 38 s"),
  ])
  func `settings: times are written as people write them`(time: Duration, text: String) {
    #expect(time.text == text)
  }
}
