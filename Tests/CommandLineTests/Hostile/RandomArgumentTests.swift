import InputFiles
import Randomness
import TemporaryFolders
import Testing

/// Command lines by chance, from what the parser itself says there is: some make sense, most do not.
@Suite(
  Machine.needs("python3"),
  .enabled("namespaces are refused here") { Machine.allowsNamespaces })
struct RandomArgumentTests {
  @Test(arguments: 0..<6)
  func `random arguments: an answer in its format or a mistake that is said, and nothing written`(
    seed: Int
  ) throws {
    let outputs = try HostileOutputs()
    let folder = try Self.folder()
    let (before, names) = (try Self.texts(of: folder), folder.names)
    var lines = try RandomArguments(seed: seed)
    for _ in 0..<80 {
      let line = lines.next()
      // Where no target and no name server is reached.
      let run = try outputs.run(
        line.words, as: line.format, wrapper: Machine.newNetwork, in: folder.path)
      let isNagios = line.format == "nagios"
      #expect(0...2 ~= run.code || run.code == 3 && isNagios, "\(line.words): \(run.complaint)")
      #expect(
        run.code != 2 || !run.complaint.isEmpty || !run.output.isEmpty, "\(line.words) says nothing"
      )
      // What a value is called in the source is no message.
      #expect(!run.complaint.contains(#/[A-Z]\w+\(\w+: /#), "\(line.words): \(run.complaint)")
    }
    #expect(try Self.texts(of: folder) == before)
    #expect(folder.names.filter { !$0.hasPrefix("out") } == names)
    try outputs.expectHarmless()
  }

  private static func folder() throws -> TemporaryFolder {
    try TemporaryFolder([
      "settings.txt": Machine.stockText,
      "profile.yaml": """
      schema: 1
      name: random
      connections: [{name: out, objectives: {connect: {within: 10s}, idle: {within: 2min}}}]
      """,
      "sysctl.conf": "vm.swappiness = 1 # why\r\nnet.ipv4.tcp_sack = \"1\"",
      "grid.yaml": "schema: 1\nscenarios: [connect]\nsysctls: {net.ipv4.tcp_syn_retries: [1, 2]}\n",
      "evil\u{1b}[31m.conf": "\(HostileWords.unseen.text) = 1\n",
      "targets.txt": "127.0.0.1:1\n",
    ])
  }

  private static func texts(of folder: TemporaryFolder) throws -> [String: [UInt8]] {
    var texts: [String: [UInt8]] = [:]
    for name in folder.names where !name.hasPrefix("out") {
      texts[name] = try folder.bytes(name)
    }
    return texts
  }
}

/// Draws command lines.
private struct RandomArguments {
  private var dice: Dice
  private let commands: [(words: [String], arguments: [CommandDescription.Argument])]

  init(seed: Int) throws {
    dice = Dice(seed: seed * 1_000_000)
    let tool = try CommandDescription(
      describing: Run.tool("--experimental-dump-help").output)
    commands = tool.subcommands.flatMap { Self.commands(of: $0, within: []) }
  }

  /// What a person calls: the rest is started by the tool itself.
  private static func commands(of command: CommandDescription, within names: [String])
    -> [(words: [String], arguments: [CommandDescription.Argument])]
  {
    guard !["sandbox", "resolve", "help"].contains(command.name) else { return [] }
    let words = names + [command.name]
    return [(words, command.arguments)]
      + command.subcommands.flatMap { commands(of: $0, within: words) }
  }

  /// What waits for long or writes where it is asked to, and what asks for another answer.
  private static let left = [
    "--watch", "--full", "--yes", "--interval", "--rate", "--repeat", "--reconnect", "--write",
    "--version", "--help", "--color",
  ]

  /// - Returns: the words, and the format in which they ask for an answer.
  mutating func next() -> (words: [String], format: String) {
    let command = dice.choose(commands)
    let isPlausible = dice.once(in: 2)
    var words = command.words
    for argument in command.arguments where !Self.left.contains(argument.names.last ?? "") {
      let isPositional = argument.names.isEmpty
      var isNamed = dice.once(in: isPositional ? 2 : 8)
      while isNamed {
        if let name = argument.names.last { words.append(name) }
        if argument.value != nil { words.append(value(of: argument, isPlausible)) }
        isNamed = argument.isRepeated && dice.once(in: 3)
      }
    }
    words += Self.bounds[command.words[0]] ?? []
    return (words, Self.format(of: words))
  }

  /// What lets a command end soon.
  private static let bounds = [
    "advise": ["--no-measure"], "measure": ["--budget", "100ms"], "probe": ["--deadline", "100ms"],
  ]

  private mutating func value(of argument: CommandDescription.Argument, _ isPlausible: Bool)
    -> String
  {
    if Self.written.contains(argument.names.last ?? "") { return dice.pick("out", "out/a/b", "-") }
    if isPlausible || dice.once(in: 2) {
      if !argument.values.isEmpty { return dice.choose(argument.values) }
      if let known = Self.plausible[argument.value ?? ""] { return dice.choose(known) }
    }
    return dice.choose(Self.others)
  }

  private static let written = ["--output", "--output-dir", "--html"]

  private static let plausible: [String: [String]] = [
    "name|path": ["server", "bastion", "profile.yaml"],
    "key=value": ["net.ipv4.tcp_retries2=3", "net.ipv4.tcp_syn_retries=2147483647"],
    "option=value": ["TCP_USER_TIMEOUT=5s", "TCP_SYNCNT=1", "SO_KEEPALIVE=on"],
    "time": ["20ms", "1ms..20ms", "127s", "1000000d"], "n": ["1", "250", "1000"],
    "times": ["1"], "release": ["5.10", "6.18"], "device": ["lo"], "errno": ["ETIMEDOUT"],
    "file": ["settings.txt", "grid.yaml", "targets.txt", "-"], "dir": ["."],
    "path": ["sysctl.conf", "."], "keys": ["net.ipv4.tcp_retries2"],
    "targets": ["sysctl", "systemd"],
    "name": ["connect", "send", "idle", "server", "TA013", "127.0.0.1:1"],
    "scenarios": ["connect", "idle"], "port,…": ["1", "1,2"], "name|pid": ["1"],
    "address|interface": ["127.0.0.1", "lo"], "outcome,…": ["refused"], "state": ["established"],
  ]

  private static let others =
    [
      "", "-", "-1", "0", "65536", "9223372036854775808", "nan", "1e9", "٣", "1..", "20ms..1ms",
      "999999999h", "gone", "/dev/null", "/dev/zero", "..", "=", "net.ipv4.tcp_syn_retrie=x",
      "TCP_USER_TIMEOU=5", "6.99999999999999999999", "json", "[", "127.0.0.1:99999",
      "evil\u{1b}[31m.conf", String(repeating: "x", count: 20_000),
    ] + HostileWords.allCases.map(\.text)

  private static func format(of words: [String]) -> String {
    if words.contains("--json") { return "json" }
    if let place = words.lastIndex(of: "--format") {
      let name = words[place + 1]
      return HostileFormats.all.contains(name) ? name : "text"
    }
    if words.contains("--fix") { return "diff" }
    if words.contains("--markdown") { return "markdown" }
    let page = words.lastIndex(of: "--html").map { words[$0 + 1] }
    return page == "-" ? "html" : words[0] == "emit" ? "emitted" : "text"
  }
}

extension Dice {
  /// Returns one of a list that is not empty.
  fileprivate mutating func choose<Element>(_ elements: [Element]) -> Element {
    elements[Int(next() % UInt64(elements.count))]
  }
}
