import Advisor
import InputFiles
import Randomness
import TCPModel
import Testing

/// Files of programs that nobody has written.
struct LintProgramNoiseTests {
  private static let words = [
    "listen", "so_keepalive=", "60", ":", "40000s", "::", ";", "{", "}", "\"", "'", "#", "=", "no",
    "option", "srvtcpka", "srvtcpka-idle", "server", "a", "localhost:80", "[", "]", "tcp-ut",
    "tcp_keepalives_idle", "tcp-keepalive", "99999999999999999999w", "1e308d", "-1", "é", "\r",
    "<<", "60:32", "raw, 6, 4, ", "socket_options: ", "- ", "{ level: 6, name: 4, int_value: 0 }",
    "tcp_listen_options", "jdbc:mysql://a?", "connectTimeout=", "&", "dialKeepAlive: ", "%", "--",
    "defaults", "backend", " ", "\t", "\n", "\n", "\u{0}", "[Socket]", "KeepAliveTimeSec", "min",
  ]

  @Test func `lint: no noise in the file of a program ends it`() throws {
    var dice = Dice(seed: 29)
    let linter = Linter(for: [KernelVersion(6, 18)])
    for format in try ConfigurationFormat.known() {
      for _ in 0..<200 {
        let text = (0..<Int.random(in: 0...60, using: &dice)).map { _ in
          Self.words.randomElement(using: &dice) ?? ""
        }.joined(separator: Bool.random(using: &dice) ? " " : "")
        // What is no YAML says so.
        guard let file = try? LintFile(reading: Array(text.utf8), path: "a", as: format) else {
          continue
        }
        for finding in linter.findings(in: LintGroup([file])) {
          #expect(
            finding.location.line
              <= text.split(separator: "\n", omittingEmptySubsequences: false).count)
          #expect(finding.endColumn >= finding.location.column)
        }
      }
    }
  }
}
