import TCPModel
import Testing

struct SocketOptionReadingsTests {
  private let snapshot = SettingsSnapshot.defaults(of: KernelVersion(6, 18))

  @Test func `read back: what stands in for unset options was set by nobody`() {
    let read = SocketOptions([
      .keepalive: 0, .keepIdle: 7200, .keepInterval: 75, .keepCount: 9, .userTimeout: 0,
      .synCount: 6, .rtoMax: 120_000, .rtoMin: 200_000, .linger2: 60, .deferAccept: 0,
      .thinLinearTimeouts: 0,
    ])
    #expect(read.explicit(in: snapshot).isEmpty)
  }

  @Test func `read back: what differs was set by the program`() {
    let read = SocketOptions([
      .keepalive: 1, .keepIdle: 60, .keepInterval: 75, .userTimeout: 30_000,
    ])
    let expected = SocketOptions([.keepalive: 1, .keepIdle: 60, .userTimeout: 30_000])
    #expect(read.explicit(in: snapshot) == expected)
  }

  @Test func `read back: where the sysctl is not known the option counts`() {
    var snapshot = snapshot
    snapshot[.tcpKeepaliveTime] = .denied("EACCES")
    let read = SocketOptions([.keepIdle: 7200])
    #expect(read.explicit(in: snapshot) == read)
  }
}

struct LocalPortsTests {
  private func ports(_ range: [Int], reserved: String = "") -> Int? {
    var snapshot = SettingsSnapshot.defaults(of: KernelVersion(6, 18))
    snapshot[.ipLocalPortRange] = .value(.numbers(range))
    snapshot[.ipLocalReservedPorts] = .value(.text(reserved))
    return snapshot.localPorts
  }

  @Test(arguments: [
    ([32768, 60999], "", 28_232), ([1024, 65535], "", 64_512), ([5000, 5000], "", 1),
    ([32768, 60999], "40000,50000-50009,80", 28_221),
    ([32768, 60999], "60990-65535", 28_222), ([32768, 60999], "x,7-3,-,9-70000", 28_232),
  ])
  func `local ports: those of the range that are not reserved`(
    range: [Int], reserved: String, count: Int
  ) {
    #expect(ports(range, reserved: reserved) == count)
  }

  @Test func `local ports: a range that is none has no number`() {
    #expect(ports([60999, 32768]) == nil)
    #expect(ports([1]) == nil)
  }
}
