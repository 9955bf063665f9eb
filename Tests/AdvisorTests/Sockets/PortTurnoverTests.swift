import Advisor
import TCPModel
import Testing

struct PortTurnoverTests {
  private func turnover(_ values: [SysctlKey: SysctlValue]) -> PortTurnover? {
    var snapshot = SettingsSnapshot.defaults(of: KernelVersion(6, 18))
    for (key, value) in values { snapshot[key] = .value(value) }
    return PortTurnover(in: snapshot)
  }

  @Test func `turnover: the default range allows 470 connections a second`() throws {
    let stock = try #require(turnover([:]))
    #expect(stock.ports == 28_232)
    #expect(stock.rate == 470)
    #expect(stock.rateWithReuse == nil)
  }

  @Test func `turnover: tcp_tw_reuse takes ports again after a second, with timestamps`() throws {
    #expect(try #require(turnover([.tcpTwReuse: 1])).rateWithReuse == 28_232)
    #expect(try #require(turnover([.tcpTwReuse: 1, .tcpTimestamps: 0])).rateWithReuse == nil)
    let late = SysctlKey("net.ipv4.tcp_tw_reuse_delay")
    #expect(try #require(turnover([.tcpTwReuse: 1, late: 2000])).rateWithReuse == 14_116)
  }

  @Test func `turnover: without a range nothing is said`() {
    #expect(turnover([.ipLocalPortRange: .text("")]) == nil)
  }
}
