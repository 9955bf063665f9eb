import Observations
import Testing

struct TCPCountersTests {
  @Test func `counters: names stand above their numbers`() {
    let text = """
      TcpExt: SyncookiesSent ListenOverflows ListenDrops
      TcpExt: 3 12 13
      IpExt: InNoRoutes ListenDrops
      IpExt: 5 6

      """
    let counters = TCPCounters(parsing: text)
    #expect(counters["SyncookiesSent"] == 3)
    #expect(counters["ListenOverflows"] == 12)
    #expect(counters["ListenDrops"] == 13)
    #expect(counters["InNoRoutes"] == nil)
  }

  @Test(arguments: ["", "TcpExt:", "TcpExt: A\n", "TcpExt: A\nTcpExt: x\n", "TcpExt: A\nTcpExt:\n"])
  func `counters: what cannot be read is left out`(text: String) {
    #expect(TCPCounters(parsing: text) == TCPCounters())
  }
}
