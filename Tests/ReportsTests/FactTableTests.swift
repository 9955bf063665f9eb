import Advisor
import Observations
import Reports
import TCPModel
import Testing

/// The table of socket facts.
struct FactTableTests {
  @Test func `fact table: facts become the recorded text, what differs first`() throws {
    let refused = "connect closed: EINPROGRESS, epoll: 0x201d, SO_ERROR: ECONNREFUSED"
    let comparisons = [
      FactComparison(SocketFact("connect.never", "epoll: 0x14"), .seen("epoll: 0x14")),
      FactComparison(
        SocketFact("restarted.send", "send: 1, send: EPIPE"), .seen("send: 1, send: EPIPE")),
      FactComparison(
        SocketFact("new", "get: 7", doubt: "known from Linux 6.18 on"), .seen("get: 8")),
      FactComparison(
        SocketFact("route.none", "connect no-route: EINVAL"), .notRun(because: "no")),
      FactComparison(
        SocketFact("connect.refused", refused),
        .seen("connect closed: EINPROGRESS, epoll: 0x8, SO_ERROR: ECONNREFUSED")),
    ]
    let table = FactReport(comparisons, on: .defaults(of: KernelVersion(6, 18)))
      .document.text(TextLayout(isColoured: false))
    try expectSnapshot(table, named: "facts.txt")
  }

  @Test func `fact table: what keeps all facts from being run is told once`() {
    let facts = ["a", "b"].map { SocketFact($0, "epoll: 0x14") }
    let comparisons = facts.map { FactComparison($0, .notRun(because: "unshare: EPERM")) }
    let table = FactReport(comparisons, on: .defaults(of: KernelVersion(6, 18)))
      .document.text(TextLayout(isColoured: false))
    #expect(table == "  nothing was run: unshare: EPERM\n")
  }

  @Test func `fact table: a release that nobody has verified is said to be modelled`() {
    let fact = FactComparison(SocketFact("a", "epoll: 0x14"), .seen("epoll: 0x14"))
    let report = FactReport([fact], on: .defaults(of: KernelVersion(9, 0)))
    let table = report.document.text(TextLayout(isColoured: false))
    #expect(table.contains("Linux 9.0 is modelled as 7.3, the newest release that was verified"))
  }
}
