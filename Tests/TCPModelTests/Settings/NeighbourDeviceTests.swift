import NetAddress
import TCPModel
import Testing

/// Network namespaces do not show what all devices begin with: what a device has counts.
struct NeighbourDeviceTests {
  /// A namespace with devices: for each what it has, the defaults for the rest.
  private func namespace(_ devices: [String: [String: Int]]) -> SettingsSnapshot {
    let defaults = SettingsSnapshot.defaults(
      of: KernelVersion(6, 18), tickRate: TickRate(hertz: 1000))
    var snapshot = defaults
    for key in defaults.readings.keys where key.family != nil {
      snapshot[key] = .absent
      for (device, own) in devices {
        let value = own[String(key.shortName)].map { SysctlReading.value(.number($0)) }
        snapshot[key.ofDevice(device)] = value ?? defaults[key]
      }
    }
    return snapshot
  }

  private func end(_ snapshot: SettingsSnapshot, _ family: AddressFamily = .v4) -> Timeline {
    Timeline(of: Experiment(.neighbour, in: snapshot, family: family))
  }

  @Test(arguments: AddressFamily.allCases)
  func `neighbour devices: the only device counts, whatever the loopback has`(
    family: AddressFamily
  ) throws {
    let snapshot = namespace(["lo": ["mcast_solicit": 9], "eth0": ["mcast_solicit": 5]])
    let experiment = Experiment(.neighbour, in: snapshot, family: family)
    #expect(experiment.snapshot.decidingDevices[family] == "eth0")
    let timeline = Timeline(of: experiment)
    let range = try #require(timeline.range)
    #expect(range.earliest >= .seconds(5))
    #expect(range.latest <= .seconds(5.5))
    let decisive = timeline.limits.flatMap(\.settings).map(\.setting.description)
    #expect(decisive.contains("net.\(family.rawValue).neigh.eth0.mcast_solicit"))
    #expect(Experiment(.connect, in: snapshot).snapshot.decidingDevices.isEmpty)
  }

  @Test func `neighbour devices: those that have the same stand for each other`() throws {
    let snapshot = namespace(["eth0": ["mcast_solicit": 2], "eth1.100": ["mcast_solicit": 2]])
    #expect(snapshot.neighbourDevices(.v4) == ["eth0", "eth1.100"])
    #expect(try #require(end(snapshot).range).latest <= .seconds(2.5))
  }

  @Test func `neighbour devices: where they differ one must be named`() throws {
    var snapshot = namespace(["eth0": ["mcast_solicit": 2], "eth1.100": ["mcast_solicit": 4]])
    guard case .unknown(let reason) = end(snapshot).ends else {
      Issue.record("it is known")
      return
    }
    #expect(reason.contains("name eth0 or another with --device"))
    for (device, seconds) in [("eth0", 2), ("eth1.100", 4)] {
      snapshot.namedDevice = device
      #expect(try #require(end(snapshot).range).earliest >= .seconds(seconds))
    }
    snapshot.namedDevice = "eth7"
    #expect(
      end(snapshot).ends
        == .unknown(
          because: "net.ipv4.neigh.eth7.mcast_solicit is not in \(snapshot.source)"))
  }

  @Test func `neighbour devices: what all begin with counts where it is shown`() throws {
    var host = SettingsSnapshot.defaults(of: KernelVersion(6, 18), tickRate: TickRate(hertz: 1000))
    let usual = end(host)
    host[SysctlKey.neighbour("mcast_solicit", .v4).ofDevice("eth0")] = .value(8)
    #expect(Experiment(.neighbour, in: host).snapshot.decidingDevices.isEmpty)
    #expect(end(host) == usual)
    host.namedDevice = "eth0"
    #expect(try #require(end(host).range).earliest >= .seconds(8))
    // It has no settings of the other family.
    guard case .unknown = end(host, .v6).ends else {
      Issue.record("it is known")
      return
    }
  }

  @Test func `neighbour devices: what a part of a capture does not say is assumed of the device`()
    throws
  {
    var part = SettingsSnapshot.defaults(of: KernelVersion(6, 18), tickRate: TickRate(hertz: 1000))
    part.assumed = Set(part.readings.keys)
    part[SysctlKey.neighbour("mcast_solicit", .v4).ofDevice("eth0")] = .value(8)
    #expect(try #require(end(part).range).earliest >= .seconds(8))
    #expect(try #require(end(part, .v6).range).latest <= .seconds(3.5))
  }

  @Test(arguments: [
    ("net.ipv4.neigh.eth0.mcast_solicit", "eth0"), ("net.ipv6.neigh.eth0/100.gc_x", "eth0.100"),
    ("net.ipv4.neigh.default.mcast_solicit", nil), ("net.ipv4.tcp_retries2", nil),
  ])
  func `neighbour devices: a device's own key names it`(key: String, device: String?) {
    #expect(SysctlKey(key).device == device)
  }
}
