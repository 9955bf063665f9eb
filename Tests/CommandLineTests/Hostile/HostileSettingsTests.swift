import Foundation
import TemporaryFolders
import Testing

/// Nothing that comes from outside gets through: hostile texts in every field of captured settings, looked for in
/// every output.
@Suite(.serialized, Machine.needs("python3")) struct HostileSettingsTests {
  private static let snapshot = """
    {"schema_version": 1, "command": "snapshot", "hostname": "h",
    "host": {"kernel": "6.18.0", "hz": 250, "netns": "net:[1]", "source": "/proc/sys"},
    "files": [{"path": "/etc/sysctl.conf", "target": "t", "unreadable_because": "u", "statements": []}],
    "sysctls": {"net.ipv4.tcp_retries2": "15", "net.ipv4.tcp_congestion_control": "cubic",
      "net.ipv4.tcp_keepalive_time": "7200"},
    "unreadable": {"net.ipv4.tcp_syn_retries": "EACCES"},
    "namespaces": [{"netns": "n", "sysctls": {"net.ipv4.tcp_retries2": "5"}}, {"netns": "m"}],
    "sockets": [{"netns": "s", "process": "p", "address": "127.0.0.1", "peer": "server",
      "port": 5432, "sockets": 3, "keepalive": true, "set_by_program": {"TCP_KEEPIDLE": 60}}]}
    """

  @Test(arguments: HostileWords.allCases) func `nothing passes: a snapshot and its file`(
    words: HostileWords
  ) throws {
    let text = words.text
    let outputs = try HostileOutputs()
    let folder = try TemporaryFolder()
    let file = text.replacing("/", with: "").prefix(60) + ".json"
    let path = "\(folder.path)/\(file)"
    let (snapshot, count) = try HostileDocument(Self.snapshot).variants(of: words.documentText) {
      snapshot in
      try folder.write(String(file), snapshot)
      return try outputs.run(["check", "--from", path], as: "emitted").code < 2
    }
    #expect(count >= 9, "\(snapshot)")
    try folder.write(String(file), snapshot)
    try Self.runAll(from: path, to: outputs)
    for way in HostileFormats.fleet {
      for words in [[], ["--profile", "server"]] {
        try outputs.run(["fleet", folder.path] + words + way.words, as: way.format)
      }
    }
    try outputs.expectHarmless()
  }

  /// All that reads settings.
  private static func runAll(from path: String, to outputs: HostileOutputs) throws {
    let source = ["--from", path]
    for way in HostileFormats.check {
      try outputs.run(["check"] + source + way.words, as: way.format)
    }
    for way in HostileFormats.report {
      for words in [
        ["advise", "--no-measure"], ["explain", "idle"], ["explain", "tcp_retries2"],
      ] {
        try outputs.run(words + source + way.words, as: way.format)
      }
    }
    for way in HostileFormats.answer {
      try outputs.run(["explain", "--took", "2min"] + source + way.words, as: way.format)
      try outputs.run(["files"] + source + way.words, as: way.format)
      try outputs.run(["emit", "sysctl", "--undo"] + source + way.words, as: way.format)
    }
    try outputs.run(["snapshot"] + source, as: "json")
  }

  @Test(arguments: HostileWords.allCases) func `nothing passes: a dump of sysctls`(
    words: HostileWords
  ) throws {
    let text = words.text
    let outputs = try HostileOutputs()
    let line = text.replacing("\n", with: " ")
    let dump =
      try Machine.stockText.replacing(
        "tcp_congestion_control = ", with: "tcp_congestion_control = \(line)")
      + "net.ipv4.tcp_\(line) = \(line)\n# \(line)\nnet.ipv4.conf.\(line).rp_filter = 1\n\(text)\n"
    let folder = try TemporaryFolder(["dump.txt": dump])
    try Self.runAll(from: "\(folder.path)/dump.txt", to: outputs)
    for way in HostileFormats.fleet {
      try outputs.run(["fleet", "\(folder.path)/dump.txt"] + way.words, as: way.format)
    }
    try outputs.expectHarmless()
  }
}
