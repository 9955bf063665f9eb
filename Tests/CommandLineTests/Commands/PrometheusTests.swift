import Foundation
import TemporaryFolders
import Testing

/// Textfiles for Prometheus' node exporter, which leaves out a file as a whole for one bad line.
struct PrometheusTests {
  private static let commands = [
    ["check", "--from", Machine.stock], ["check", "--root", "root"], ["sockets"],
    ["sockets", "--profile", "server"], ["probe", "127.0.0.1:1", "127.0.0.1:1", "[::1]:1"],
  ]

  private static func text(_ command: [String]) throws -> String {
    let files = try TemporaryFolder([
      "root/etc/sysctl.d/a\"\\\n.conf": "net.ipv4.tcp_tw_recycle = 1\nx \"y\\\n",
      "root/etc/sysctl.d/b.conf": "net.ipv4.tcp_tw_recycle = 1\nnet.ipv4.tcp_sack = x\n",
    ])
    return try Run.tool(command + ["--format", "prometheus"], in: files.path).output
  }

  @Test(arguments: commands)
  func `prometheus: each line is a series of its own, below its help and type`(command: [String])
    throws
  {
    let text = try Self.text(command)
    #expect(text.hasSuffix("\n") && !text.contains("\n\n"))
    var (series, helped, typed): (Set<String>, [String], [String]) = ([], [], [])
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 3)
      switch words.prefix(2).joined(separator: " ") {
      case "# HELP": helped.append(String(words[2]))
      case "# TYPE":
        typed.append(String(words[2]))
        #expect(words[3] == "gauge")
      default:
        let sample = try #require(Sample(line), "\(line)")
        #expect(sample.name == helped.last && sample.name == typed.last)
        #expect(series.insert(sample.series).inserted, "twice: \(line)")
      }
    }
    #expect(!series.isEmpty && Set(helped).count == helped.count && helped == typed)
  }

  @Test(
    .enabled(if: Machine.program("promtool") != nil, "promtool of Debian's prometheus is missing"),
    arguments: commands)
  func `prometheus: promtool has nothing to say`(command: [String]) throws {
    let promtool = try #require(Machine.program("promtool"))
    let run = try Run([promtool, "check", "metrics"], input: try Self.text(command))
    #expect(run.code == 0, "\(run.output)\(run.complaint)")
  }
}

/// A line of a textfile: `name{label="value",…} number`, without a time stamp.
private struct Sample {
  let name, series: String

  init?(_ line: Substring) {
    guard
      let match = line.wholeMatch(
        of: /(([a-z_][a-z0-9_]*)\{(?:[a-z_]+="(?:[^"\\\n]|\\["\\n])*"(?:,(?!\}))?)*\}) (\S+)/),
      match.3 == "+Inf" || match.3.wholeMatch(of: /-?[0-9]+(\.[0-9]+)?/) != nil
    else { return nil }
    (name, series) = (String(match.2), String(match.1))
  }
}
