import NetAddress
import TCPModel
import Testing

struct ImmediateFailureTests {
  @Test func `immediate failure: a failure shows every event`() {
    #expect(EpollEvents.failure.rawValue == 0x201d)
    #expect(EpollEvents.failure.description == "IN OUT ERR HUP RDHUP (0x201d)")
    #expect(EpollEvents.error.names == ["ERR"])
  }

  @Test(arguments: ImmediateFailure.allCases)
  func `immediate failure: every cause has an errno or an end that never comes`(
    outcome: ImmediateFailure
  ) {
    #expect(!outcome.rows.isEmpty)
    #expect(!outcome.notes.isEmpty)
    for row in outcome.rows {
      #expect((row.errno == nil) == (row.moment == .never), "\(row.cause)")
      #expect((row.events == nil) == (row.moment == .never || row.moment == .atOnce))
    }
    #expect(Set(outcome.rows.map(\.cause)).count == outcome.rows.count)
  }

  @Test func `immediate failure: a scenario has events where a program holds the socket`() {
    let told = Scenario.allCases.filter { $0.definition.ending.events != nil }
    #expect(told == [.connect, .neighbour, .movedAddress, .idle, .send, .zeroWindow])
  }
}
