import Advisor
import Observations
import TCPModel
import Testing

/// Judging what was seen of a socket fact.
struct FactComparisonTests {
  static let claim = "connect closed: EINPROGRESS, epoll: 0x201d, accept, send: EPIPE"

  @Test func `fact comparison: what is seen as claimed is the same`() {
    let comparison = FactComparison(SocketFact("a", Self.claim), .seen(Self.claim))
    #expect(comparison.status == .same)
    #expect(comparison.seen == Self.claim)
  }

  @Test(arguments: [
    "", "connect closed: EINPROGRESS, epoll: 0x201d, accept, send: 1",
    "connect closed: EINPROGRESS, epoll: 0x201d, accept",
    "connect closed: EINPROGRESS, epoll: 0x201d, accept: 0, send: EPIPE",
    "connect open: EINPROGRESS, epoll: 0x201d, accept, send: EPIPE",
  ])
  func `fact comparison: what is seen otherwise is different`(seen: String) {
    #expect(FactComparison(SocketFact("a", Self.claim), .seen(seen)).status == .different)
  }

  @Test func `fact comparison: what nobody can expect is never different`() {
    let fact = SocketFact("a", Self.claim, doubt: "known from Linux 6.18 on")
    #expect(fact.expected == nil)
    for seen in [Self.claim, "connect closed: EPERM"] {
      let comparison = FactComparison(fact, .seen(seen))
      #expect(comparison.status == .unknown(because: "known from Linux 6.18 on"))
      #expect(comparison.seen == seen)
    }
  }

  @Test func `fact comparison: what was not run says why`() {
    let comparison = FactComparison(SocketFact("a", Self.claim), .notRun(because: "no room"))
    #expect(comparison.status == .notRun(because: "no room"))
    #expect(comparison.seen == nil)
  }

  @Test func `fact comparison: one that differs decides how the process ends`() {
    let fact = SocketFact("a", "epoll: 0x14")
    let same = FactComparison(fact, .seen("epoll: 0x14"))
    let different = FactComparison(fact, .seen("epoll: 0x4"))
    let unknown = FactComparison(SocketFact("a", "epoll: 0x14", doubt: "old"), .seen("epoll: 0x4"))
    let absent = FactComparison(fact, .notRun(because: "no room"))
    #expect([same, unknown, absent].exitCode == 0)
    #expect([same, different, absent].exitCode == 1)
    #expect([unknown, different].exitCode == 1)
    #expect([unknown, absent].exitCode == 2)
    #expect([FactComparison]().exitCode == 2)
  }

  @Test func `fact comparison: who runs a fact gets its steps without results`() {
    #expect(SocketFact("a", Self.claim).steps == "connect closed, epoll, accept, send")
  }
}
