import TCPModel
import Testing

struct GroupedTests {
  @Test func `grouped: keys and elements keep the order in which they came`() {
    let groups = ["b1", "a1", "b2", "c1", "a2", "b3"].grouped { $0.first }
    #expect(groups.map(\.key) == ["b", "a", "c"])
    #expect(groups.map(\.elements) == [["b1", "b2", "b3"], ["a1", "a2"], ["c1"]])
    #expect([Int]().grouped { $0 }.isEmpty)
  }
}
