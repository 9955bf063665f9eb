import Foundation
import TemporaryFolders
import Testing

/// Nothing that comes from outside gets through: words of the command line, of the environment, and names of
/// processes.
@Suite(.serialized, Machine.needs("python3")) struct HostileWordTests {
  private static let commands: [(words: [String], ways: [HostileFormats.Way])] = [
    (["check"], HostileFormats.check), (["advise", "--no-measure"], HostileFormats.report),
    (["explain", "idle"], HostileFormats.report), (["emit", "sysctl"], HostileFormats.answer),
    (["fleet"], HostileFormats.fleet), (["lint"], HostileFormats.lint),
    (["probe"], HostileFormats.probe), (["files"], HostileFormats.answer),
    (["profiles", "show"], HostileFormats.answer), (["manual"], HostileFormats.answer),
    (["schema"], HostileFormats.answer), (["snapshot"], HostileFormats.answer),
    (["sockets"], HostileFormats.sockets), (["measure"], HostileFormats.measure),
  ]
  private static let options = [
    "--from", "--proc-root", "--netns", "--profile", "--set", "--kernel", "--option", "--root",
    "--grid",
    "--rules", "--groups", "--since", "--as", "--release", "--targets", "--output", "--html",
    "--format",
    "--device", "--rtt",
  ]

  /// Each format once, and each option once.
  @Test(arguments: HostileWords.allCases)
  func `nothing passes: words of the command line`(words: HostileWords) throws {
    let outputs = try HostileOutputs()
    for (command, ways) in Self.commands {
      for way in ways { try outputs.run(command + way.words + [words.text], as: way.format) }
      try outputs.run(command + ["--\(words.text)"], as: "text")
      for option in Self.options {
        try outputs.run(command + [option, words.text], as: "text")
        try outputs.run(command + ["\(option)=\(words.text)", "--json"], as: "json")
      }
    }
    try outputs.run([words.text], as: "text")
    try outputs.run(["help", words.text], as: "text")
    try outputs.run(["help", "check", words.text], as: "text")
    try outputs.run(["--generate-completion-script", words.text], as: "text")
    try outputs.run(["---completion", "check", "--", words.text], as: "text")
    try outputs.expectHarmless()
  }

  /// Bytes that are no UTF-8, as words, as names of files, and within these.
  @Test func `nothing passes: bytes that are no text`() throws {
    let outputs = try HostileOutputs()
    let folder = try TemporaryFolder()
    let script = """
      evil=$(printf 'evil\\377\\302\\033[31m\\355\\240\\200.txt'); tool=$1; shift
      printf 'net.ipv4.tcp_retries2 = 8\\nnet.ipv4.\\377\\302 = \\355\\240\\200\\n# \\200\\n' >"$evil"
      exec "$tool" "$@" "$evil"
      """
    for (command, ways) in Self.commands {
      for words in [command] + Self.options.map({ command + [$0] }) {
        let ways = words.count == command.count ? ways : [ways[0]]
        for way in ways {
          let words = command + way.words + words.dropFirst(command.count)
          let run = try Run(
            ["/bin/sh", "-c", script, "sh", Machine.executable] + words, in: folder.path)
          #expect(run.code < 128, "\(words)")
          let isAnswer = !run.output.hasPrefix("{\n  \"error\"")
          try outputs.keep(run.bytes.output, as: isAnswer ? way.format : "json", of: words)
          try outputs.keep(run.bytes.complaint, as: "text", of: words)
        }
      }
    }
    try outputs.expectHarmless()
  }

  @Test(arguments: HostileWords.allCases)
  func `nothing passes: the environment`(words: HostileWords) throws {
    let outputs = try HostileOutputs()
    for name in ["LC_ALL", "LANG", "TERM", "NO_COLOR", "COLUMNS", "TZ", "HOME"] {
      for command in [["check"], ["explain", "idle"], ["check", "--profile", "\u{e9}"]] {
        let run = try Run.tool(
          command + ["--from", Machine.stock],
          environment: [name: words.text, "PATH": "/usr/bin:/bin"])
        #expect(run.code < 3)
        try outputs.keep(run.bytes.output, as: "text", of: command + [name])
        try outputs.keep(run.bytes.complaint, as: "text", of: command + [name])
      }
    }
    try outputs.expectHarmless()
  }

  /// A process may call itself anything in fifteen bytes.
  @Test(
    .enabled("no network namespaces here") { Machine.allowsNamespaces },
    arguments: [
      "evil\u{1b}[31m\n|=", "=evil|'\"<i>`|,", "\u{202e}evil\u{200b}\u{2028}", "e\n::error::evil",
    ])
  func `nothing passes: names of processes`(name: String) throws {
    let outputs = try HostileOutputs()
    let script = Machine.fixture("hostile_process.py")
    for way in HostileFormats.sockets + [("json", ["--json"])] {
      let words = ["sockets", "--profile", "server"] + way.words
      let run = try Run(
        Machine.newNetwork + [EmittedTargets.python, script, name, Machine.executable] + words)
      #expect(
        run.code < 3 && run.output.contains("evil") || name.hasPrefix("e\n"), "\(run.complaint)")
      try outputs.keep(run.bytes.output, as: way.format, of: words)
      try outputs.keep(run.bytes.complaint, as: "text", of: words)
    }
    try outputs.expectHarmless()
  }

  /// Whoever makes a network namespace names it.
  @Test(
    .enabled("only root may mount") { EmittedTargets.canMount }, arguments: HostileWords.allCases)
  func `nothing passes: names of network namespaces`(words: HostileWords) throws {
    let outputs = try HostileOutputs()
    // Half of a name's 255 bytes is enough for what may be an escape of two.
    let name = String(words.text.replacing("/", with: "").prefix(60))
    let script = """
      mount -t tmpfs none /run
      mkdir /run/netns
      : >"/run/netns/$1"
      unshare -n mount --bind /proc/self/ns/net "/run/netns/$1"
      shift
      exec "$@"
      """
    let scene = [
      "/usr/bin/env", "unshare", "--mount", "sh", "-euc", script, "sh", name, Machine.executable,
    ]
    let asking: [(words: [String], ways: [HostileFormats.Way])] = [
      (["check", "--netns", "none"], HostileFormats.check),
      (["check", "--profile", "server", "--netns", name], HostileFormats.check),
      (["explain", "idle", "--netns", name], HostileFormats.report),
      (["advise", "--no-measure", "--netns", name], HostileFormats.report),
      (["sockets", "--netns", name], HostileFormats.sockets),
      (["sockets", "--netns", "all"], HostileFormats.sockets),
      (["snapshot", "--sockets"], [("json", [])]),
    ]
    for (command, ways) in asking {
      for way in ways {
        let run = try Run(scene + command + way.words)
        #expect(run.code < 4, "\(command): \(run.complaint)")
        let isAnswer = !run.output.hasPrefix("{\n  \"error\"")
        try outputs.keep(run.bytes.output, as: isAnswer ? way.format : "json", of: command)
        try outputs.keep(run.bytes.complaint, as: "text", of: command)
      }
    }
    try outputs.expectHarmless()
  }
}
