import NetAddress
import TCPModel
import Testing

struct CatalogueTests {
  @Test func `catalogue: every sysctl and option says in one line what it does`() {
    for sysctl in SysctlCatalog.all {
      #expect((10...100).contains(sysctl.meaning.count), "\(sysctl.key)")
      #expect(!sysctl.meaning.hasSuffix("."), "\(sysctl.key)")
      #expect(!sysctl.meaning.contains("\n"), "\(sysctl.key)")
    }
    for option in SocketOptionInfo.all {
      #expect((10...100).contains(option.meaning.count), "\(option.name)")
      #expect(!option.outside.isEmpty, "\(option.name)")
      #expect(option.remark != "", "\(option.name)")
    }
  }

  @Test func `catalogue: no name stands twice`() {
    #expect(Set(SysctlCatalog.all.map(\.key)).count == SysctlCatalog.all.count)
    #expect(Set(SocketOptionInfo.all.map(\.name)).count == SocketOptionInfo.all.count)
    #expect(Set(RetiredSysctl.all.map(\.pattern)).count == RetiredSysctl.all.count)
  }

  @Test(arguments: SocketOption.all)
  func `catalogue: an option that decides a time is explained`(option: SocketOption) throws {
    let facts = try #require(SocketOptionInfo(named: option.name))
    #expect(facts.option == option)
    #expect(facts.number == option.info.number)
    #expect(facts.level == option.info.level)
    #expect(facts.since == option.info.since)
    #expect(facts.unit == option.unit)
    #expect(option.info.range?.contains(option.range.lowerBound) == true)
    #expect(option.info.range?.contains(option.range.upperBound) == true)
    #expect(facts.example.map(option.range.contains) == true)
  }

  @Test func `catalogue: options that decide no time are explained all the same`() {
    let names = [
      "TCP_NOTSENT_LOWAT", "TCP_FASTOPEN_CONNECT", "TCP_DELACK_MAX_US", "TCP_NODELAY",
      "TCP_QUICKACK", "SO_LINGER", "SO_RCVTIMEO", "SO_SNDTIMEO", "SO_REUSEADDR", "IP_RECVERR",
      "IP_BIND_ADDRESS_NO_PORT", "IP_LOCAL_PORT_RANGE",
    ]
    for name in names { #expect(SocketOptionInfo(named: name) != nil, "\(name)") }
    #expect(SocketOptionInfo(named: "TCP_NO_DELAY") == nil)
  }

  @Test func `catalogue: a default lies within the range`() {
    for sysctl in SysctlCatalog.all {
      for (_, value) in sysctl.defaults {
        #expect(sysctl.objection(to: value) == nil, "\(sysctl.key) = \(value)")
      }
    }
  }

  @Test func `catalogue: defaults of releases are those that a kernel is given`() throws {
    let backlog = try #require(SysctlCatalog[SysctlKey("net.core.somaxconn")])
    #expect(backlog.defaults.map(\.value) == ["128", "4096"])
    #expect(backlog.defaults.map(\.since) == [nil, KernelVersion(5, 4)])
    for sysctl in SysctlCatalog.all {
      for (since, value) in sysctl.defaults {
        #expect(sysctl.defaultValue(in: since ?? KernelVersion(3, 10)) == value, "\(sysctl.key)")
      }
    }
    let maximum = try #require(SysctlCatalog[.tcpRtoMaxMs])
    #expect(maximum.defaults.map(\.since) == [KernelVersion(6, 15)])
  }

  /// As it is named, the key it stands for, whether it is still there.
  @Test(arguments: [
    ("tcp_tw_recycle", "net.ipv4.tcp_tw_recycle", false),
    ("net.ipv4.tcp_tw_recycle", "net.ipv4.tcp_tw_recycle", false),
    (
      "net.ipv4.netfilter.ip_conntrack_tcp_timeout_close", "net.ipv4.netfilter.ip_conntrack_*",
      false
    ),
    ("net.ipv4.tcp_bic_low_window", "net.ipv4.tcp_bic*", false),
    ("tcp_low_latency", "net.ipv4.tcp_low_latency", true),
    ("net.ipv6.xfrm6_gc_thresh", "net.*.xfrm?_gc_thresh", true),
  ])
  func `catalogue: a sysctl of old guides is known`(name: String, pattern: String, isThere: Bool)
    throws
  {
    let retired = try #require(RetiredSysctl(named: name))
    #expect(retired.pattern == pattern)
    guard case .ineffective = retired.fate else {
      #expect(!isThere)
      return
    }
    #expect(isThere)
  }

  @Test func `catalogue: no sysctl in use is taken for a retired one`() {
    for sysctl in SysctlCatalog.all {
      #expect(RetiredSysctl(named: sysctl.key.rawValue) == nil, "\(sysctl.key)")
      #expect(RetiredSysctl(named: String(sysctl.key.shortName)) == nil, "\(sysctl.key)")
    }
    #expect(RetiredSysctl(named: "") == nil)
    #expect(RetiredSysctl(named: "net.ipv4.tcp_x") == nil)
  }

  @Test func `catalogue: a device's neighbour settings are its table's`() throws {
    let own = SysctlKey("net.ipv4.neigh.eth0/100.mcast_solicit")
    #expect(own.sharedByDevices == .neighbour("mcast_solicit", .v4))
    #expect(own.sibling("app_solicit").rawValue == "net.ipv4.neigh.eth0/100.app_solicit")
    let sysctl = try #require(SysctlCatalog.ofDevice(own))
    #expect(sysctl.key == own)
    #expect(sysctl.defaultValue == "3")
    for name in [
      "net.ipv4.neigh.default.mcast_solicit", "net.ipv4.neigh.eth0.gc_thresh1",
      "net.ipv4.neigh.eth0.nonsense", "net.ipx.neigh.eth0.mcast_solicit", "net.ipv4.neigh.eth0",
    ] {
      #expect(SysctlCatalog.ofDevice(SysctlKey(name)) == nil, "\(name)")
    }
  }
}
