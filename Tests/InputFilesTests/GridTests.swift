import Advisor
import InputFiles
import NetAddress
import TCPModel
import Testing

/// Grids of settings to try: what they hold, and what is wrong with them.
struct GridTests {
  private func grid(_ text: String) throws(ProfileError) -> Grid {
    try GridReader.grid(from: ProfileSource(file: "grid.yaml", bytes: Array(text.utf8)))
  }

  @Test func `grid: a row holds lists or single values`() throws {
    let grid = try grid(
      """
      schema: 1
      cases:
        - scenario: [connect, send]
          family: [ipv4, ipv6]
          sysctls: { tcp_syn_retries: [1, 2, 3], net.ipv4.tcp_retries2: 5 }
          options: { TCP_USER_TIMEOUT: [unset, 500], SO_KEEPALIVE: 1 }
          segments: [2]
          outage: [500ms, 2s]
        - scenario: zero-window
          after_death: [0s, 2s]
      """)
    #expect(grid.rows.count == 2)
    let row = grid.rows[0]
    #expect(row.scenarios == [.connect, .send])
    #expect(row.families == [.v4, .v6])
    #expect(row.sysctls.map(\.key) == [.tcpSynRetries, .tcpRetries2])
    #expect(row.sysctls.map(\.values) == [[1, 2, 3], [5]])
    #expect(row.options.map(\.option) == [.keepalive, .userTimeout])
    #expect(row.options.map(\.values) == [[1], [nil, 500]])
    #expect(row.segments == [2])
    #expect(row.outages == [.milliseconds(500), .seconds(2)])
    #expect(row.count == 2 * 2 * 3 * 2 * 2)
    #expect(grid.rows[1].afterDeath == [.zero, .seconds(2)])
  }

  /// A grid, and what the complaint names: the place, and what is wrong or allowed.
  @Test(arguments: [
    ("cases: [{ scenario: connect }]", "schema"),
    ("schema: 2\ncases: [{ scenario: connect }]", "grid.yaml:1:9"),
    ("schema: 1", "cases"),
    ("schema: 1\ncases: []", "grid.yaml:2:8"),
    ("schema: 1\ncases:\n  - scenario: conect", "did you mean “connect”"),
    ("schema: 1\ncases:\n  - family: ipv4", "scenario"),
    ("schema: 1\ncases:\n  - scenario: connect\n    famly: ipv4", "grid.yaml:4:5"),
    ("schema: 1\ncases:\n  - { scenario: send, family: ipv5 }", "ipv5"),
    ("schema: 1\ncases:\n  - { scenario: send, sysctls: { tcp_retrie2: 3 } }", "tcp_retries2"),
    ("schema: 1\ncases:\n  - { scenario: send, sysctls: { tcp_retries2: 256 } }", "0 to 255"),
    ("schema: 1\ncases:\n  - { scenario: send, sysctls: { tcp_mem: 1 } }", "tcp_mem"),
    ("schema: 1\ncases:\n  - { scenario: send, options: { TCP_SYNCNT: 0 } }", "1 to 127"),
    ("schema: 1\ncases:\n  - { scenario: send, options: { TCP_USERTIMEOUT: 1 } }", "TCP_USER_"),
    ("schema: 1\ncases:\n  - { scenario: send, outage: 5 }", "grid.yaml:3:31"),
    ("schema: 1\ncases:\n  - { scenario: send, segments: 0 }", "1 to 1000"),
    ("schema: 1\ncases:\n  - { scenario: send, segments: [] }", "at least one"),
    ("schema: 1\ncases: [", "grid.yaml"),
    (
      "schema: 1\ncases:\n  - { scenario: send, sysctls: { tcp_retries2: 1, "
        + "net.ipv4.tcp_retries2: 2 } }", "stands twice"
    ),
    (
      "schema: 1\ncases:\n  - { scenario: neighbour, sysctls: { retrans_time_ms: 1 } }",
      "net.ipv4.neigh.default.retrans_time_ms or net.ipv6"
    ),
    ("schema: 1\ncases:\n  - { scenario: connect, segments: 3 }", "send, close"),
    ("schema: 1\ncases:\n  - { scenario: send, after_death: 2s }", "zero-window"),
    ("schema: 1\ncases:\n  - { scenario: close, outage: 2s }", "connect, idle, send"),
  ])
  func `grid: a mistake is told with its place`(text: String, part: String) {
    do throws(ProfileError) {
      _ = try grid(text)
      Issue.record("no complaint about \(text)")
    } catch {
      #expect(error.description.contains(part), "\(error.description)")
      #expect(error.description.hasPrefix("grid.yaml"))
    }
  }

  @Test func `grid: more experiments than anybody reads are refused`() {
    let numbers = (1...127).map(String.init).joined(separator: ", ")
    let text = """
      schema: 1
      cases:
        - scenario: connect
          sysctls: { tcp_syn_retries: [\(numbers)], tcp_syn_linear_timeouts: [\(numbers)] }
      """
    let error = #expect(throws: ProfileError.self) { try grid(text) }
    #expect(error?.description.contains("more than 4096 cases") == true)
  }
}
