import Foundation
import TemporaryFolders
import Testing

/// Whatever comes from outside is printed so that it steers no terminal and ends no comment, by every
/// command in every format.
struct HostileTextTests {
  /// C0, DEL, C1, marks of direction and other line breaks.
  private static let evil =
    "e\u{1b}[31m\u{7}\u{7f}\u{9b}2J\u{200e}\u{202e}\u{2066}\u{2028}\u{61c}\r"
  /// A line of its own, if a line break passes.
  private static let line = "e\nkernel.core_pattern = evil"

  private static let commands = [
    "explain connect", "explain connect --json", "explain tcp_syn_retries",
    "explain tcp_syn_retries --json", "check", "check --json", "advise --no-measure",
    "advise --no-measure --color always", "advise --no-measure --json", "snapshot",
  ].map { $0.components(separatedBy: " ") }

  private static func steersTerminal(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\n", "\t": false
    case "\u{61c}", "\u{200e}", "\u{200f}", "\u{202a}"..."\u{202e}", "\u{2066}"..."\u{2069}": true
    default:
      [.control, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
    }
  }

  /// Runs a command and expects nothing of it that steers a terminal but the colours of reports.
  @discardableResult
  private func expectPlain(
    _ arguments: [String], input: String = "", in folder: String? = nil,
    _ location: SourceLocation = #_sourceLocation
  ) throws -> Run {
    let run = try Run.tool(arguments, input: input, in: folder)
    #expect(run.code < 128, "\(arguments)", sourceLocation: location)
    let isPainted = arguments.contains("always")
    let text = run.output.replacing(/\u{1b}\[(0|1|31|32|33)m/) { isPainted ? "" : "\($0.output.0)" }
    let found = (text + run.complaint).unicodeScalars.filter(Self.steersTerminal)
    #expect(found.isEmpty, "\(arguments): \(found.map(\.value))", sourceLocation: location)
    return run
  }

  @Test func `hostile text: in words of the command line`() throws {
    for words in [
      ["--kernel", "6.1\(Self.evil)"], ["--kernel", Self.evil], ["--set", Self.evil],
      ["--set", "tcp_syn_retries=\(Self.evil)"], ["--set", "tcp_congestion_control=\(Self.evil)"],
      ["--from", Self.evil], ["--proc-root", Self.evil], ["--netns", Self.evil],
      ["--profile", Self.evil], ["--option", Self.evil], [Self.evil], ["--\(Self.evil)"],
      ["--rtt", Self.evil], ["--budget", Self.evil],
    ] {
      for command in Self.commands { try expectPlain(command + words) }
    }
    try expectPlain([Self.evil])
  }

  @Test func `hostile text: in a captured tree`() throws {
    let tree = try TemporaryFolder([
      "sys/kernel/osrelease": "6.18\(Self.evil)\n",
      "sys/net/ipv4/tcp_syn_retries": Self.evil, "sys/net/ipv4/tcp_retries2": "15\(Self.evil)\n",
      "sys/net/ipv4/tcp_congestion_control": "cubic\(Self.evil)\n",
    ])
    for command in Self.commands { try expectPlain(command + ["--proc-root", tree.path]) }
  }

  @Test func `hostile text: in a dump`() throws {
    let text =
      try Machine.stockText.replacing(
        "tcp_congestion_control = ", with: "tcp_congestion_control = \(Self.evil)")
      + "net.ipv4.tcp_\(Self.evil) = \(Self.evil)\n"
    for command in Self.commands { try expectPlain(command + ["--from", "-"], input: text) }
  }

  /// As JSON text, with escapes.
  private static func quoted(_ text: String) throws -> String {
    String(decoding: try JSONEncoder().encode(text), as: UTF8.self)
  }

  @Test func `hostile text: in a snapshot`() throws {
    let folder = try TemporaryFolder()
    let evil = try Self.quoted(Self.evil)
    try folder.write(
      "\(Self.line.replacing("/", with: "")).json",
      """
      {"schema_version": 1, "host": {"kernel": \(try Self.quoted("6.18" + Self.evil)), "hz": 250, \
      "netns": \(evil)}, "sysctls": {"net.ipv4.tcp_retries2": \(evil), \
      "net.ipv4.tcp_congestion_control": \(evil), "net.ipv4.tcp_keepalive_intvl": 75, \(evil): 1}, \
      "unreadable": {"net.ipv4.tcp_keepalive_time": \(try Self.quoted(Self.evil + Self.line))}}
      """)
    let source = ["--from", "\(folder.path)/\(Self.line).json"]
    for command in Self.commands { try expectPlain(command + source) }
    let undo = try expectPlain(["emit", "sysctl", "--undo"] + source)
    #expect(undo.code == 0)
    let assignments = undo.lines.filter { !$0.hasPrefix("#") && !$0.isEmpty }
    #expect(assignments == ["net.ipv4.tcp_keepalive_intvl = 75"], "\(undo.output)")
  }

  /// Its texts are read as one line; what stands in them reaches comments.
  @Test func `hostile text: in a profile`() throws {
    let evil = "\(Self.evil.unicodeScalars.filter { $0.value > 0x9f }) */ evil(); /*"
    let profile = """
      schema: 1
      name: evil
      summary: "\(evil)"
      connections:
        - name: "\(evil)"
          objectives:
            idle: { within: 2min, survive: 20s, why: "\(evil)", source: "\(evil)" }
            connect: { within: 5s }
      sysctls:
        net.ipv4.tcp_fin_timeout: { value: 30, why: "\(evil)" }
      """
    let folder = try TemporaryFolder(["evil.yaml": profile])
    let words = ["--profile", "\(folder.path)/evil.yaml"]
    for target in ["sysctl", "sockets", "c"] {
      for format in [[], ["--json"]] { try expectPlain(["emit", target] + format + words) }
      try expectPlain(["emit", target, "--output", "\(folder.path)/\(target)"] + words)
      let file = try folder.text(target)
      #expect(!file.unicodeScalars.contains(where: Self.steersTerminal), "\(file)")
    }
    #expect(try !folder.text("c").contains(/^\s*\/\*.*\*\/.*\*\//))
    for command in Self.commands where ["check", "advise"].contains(command[0]) {
      try expectPlain(command + words + ["--from", Machine.stock])
    }
    for command in ["show", "validate"] {
      for format in [[], ["--json"]] {
        try expectPlain(["profiles", command, words[1]] + format)
      }
    }
  }

  @Test(arguments: ["text", "json", "jsonl", "csv", "prometheus", "nagios"])
  func `hostile text: in targets`(format: String) throws {
    let words = ["probe", "--format", format]
    try expectPlain(words + [Self.evil])
    try expectPlain(words + ["127.0.0.1:\(Self.evil)"])
    try expectPlain(words + ["--targets", "-"], input: "127.0.0.1:1\n\(Self.evil):80\n")
    try expectPlain(words + ["--targets", Self.evil])
    try expectPlain(words + ["--profile", Self.evil, "127.0.0.1:1"])
  }

  @Test(arguments: ["text", "json", "csv"])
  func `hostile text: in a grid`(format: String) throws {
    let words = ["measure", "--format", format, "--grid"]
    try expectPlain(words + ["-"], input: "schema: 1\n\"\(Self.evil)\": 1\n")
    try expectPlain(words + [Self.evil])
  }

  @Test func `hostile text: bytes that are no text are no text`() throws {
    let folder = try TemporaryFolder()
    let dump = try folder.write(
      "dump.txt", bytes: Array("net.ipv4.tcp_congestion_control = cubic".utf8) + [0xff, 0xc2, 0x0a])
    for command in Self.commands { try expectPlain(command + ["--from", dump]) }
  }
}
