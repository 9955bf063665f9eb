import Advisor
import Reports
import TCPModel
import Testing

struct ExplanationTextTests {
  private static let layout = TextLayout(isColoured: false)

  private func whatIf(_ kernel: String, hertz: Int? = 250) throws -> WhatIf {
    let release = try #require(KernelVersion(kernel))
    return WhatIf(
      .defaults(of: release, tickRate: hertz.flatMap { TickRate(hertz: $0) }))
  }

  @Test(arguments: [
    ("net.ipv4.tcp_retries2", "6.18"), ("net.ipv4.tcp_keepalive_time", "5.4"),
    ("net.ipv4.tcp_rto_max_ms", "6.1"), ("net.core.somaxconn", "4.14"),
    ("net.ipv4.tcp_rmem", "6.18"), ("net.ipv6.neigh.default.retrans_time_ms", "6.18"),
  ])
  func `explanation: a sysctl is explained as recorded`(key: String, kernel: String) throws {
    let sysctl = try #require(SysctlCatalog[SysctlKey(key)])
    let explanation = SysctlExplanation(of: sysctl, in: try whatIf(kernel))
    try expectSnapshot(
      explanation.document.text(Self.layout),
      named: "explain-\(sysctl.key.shortName).txt")
  }

  @Test(arguments: [
    ("TCP_USER_TIMEOUT", "6.18"), ("TCP_RTO_MAX_MS", "6.1"), ("SO_LINGER", "6.18"),
    ("SO_KEEPALIVE", "6.18"),
  ])
  func `explanation: an option is explained as recorded`(name: String, kernel: String) throws {
    let facts = try #require(SocketOptionInfo(named: name))
    let explanation = OptionExplanation(of: facts, in: try whatIf(kernel))
    try expectSnapshot(
      explanation.document.text(Self.layout), named: "explain-\(name).txt")
  }

  @Test(arguments: [("3.10", Int?.some(1000)), ("5.4", 100), ("6.18", nil)])
  func `explanation: every explanation fits into 80 columns`(kernel: String, hertz: Int?) throws {
    let whatIf = try whatIf(kernel, hertz: hertz)
    let texts =
      SysctlCatalog.all.map {
        SysctlExplanation(of: $0, in: whatIf).document.text(Self.layout)
      }
      + SocketOptionInfo.all.map {
        OptionExplanation(of: $0, in: whatIf).document.text(Self.layout)
      }
      + RetiredSysctl.all.map {
        $0.document(as: SysctlKey($0.pattern), in: whatIf.snapshot).text(Self.layout)
      }
    for text in texts {
      #expect(text.hasSuffix("\n"), "\(text)")
      #expect(!text.contains("\n\n\n"), "\(text)")
      for line in text.split(separator: "\n") {
        #expect(line.count <= 80, "\(line)")
        #expect(line.last != " ", "\(line)")
      }
    }
  }

  @Test func `explanation: a retired sysctl says when it went and what is set`() throws {
    let retired = try #require(RetiredSysctl(named: "tcp_tw_recycle"))
    let key = SysctlKey(retired.pattern)
    var snapshot = try whatIf("3.10").snapshot
    snapshot[key] = .value(1)
    let text = retired.document(as: key, in: snapshot).text(Self.layout)
    #expect(text.contains("removed in Linux 4.12"))
    #expect(text.contains("has 1"))
  }
}
