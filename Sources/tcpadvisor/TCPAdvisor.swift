import ArgumentParser
import Glibc
import Linux
import Reports
import TCPModel

/// The command line.
@main
struct TCPAdvisor: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: Tool.name,
    abstract: "Report in seconds what the TCP settings of this host do, and what to change.",
    discussion: """
      It reads, measures in a sandbox, and prints; it never changes the host. Every command takes \
      --json. Exit codes: 0 as asked, 1 something missed, 2 could not tell or wrong usage.
      """,
    version: Tool.version,
    subcommands: [
      Advise.self, Check.self, Emit.self, Explain.self, Files.self, FleetCommand.self, Lint.self,
      ManualCommand.self, Measure.self, Probe.self, ProfilesCommand.self, SchemaCommand.self,
      SnapshotCommand.self, Sockets.self,
      SandboxEntry.self, ResolverEntry.self,
    ])

  static func main() {
    StandardStream.fillMissing()
    DescriptorIO.ignoreBrokenPipes()
    Glibc.exit(run(Arguments.all))
  }

  /// Runs a command and says with which code the process ends.
  private static func run(_ arguments: [String]) -> Int32 {
    do {
      try refuseEmptyArgument(arguments)
      try refuseUnknownHelp(arguments)
      var command = try parsed(arguments)
      try command.run()
      return 0
    } catch let code as ExitCode {
      return code.rawValue
    } catch let failure as UsageError {
      return fail(failure.message, to: arguments)
    } catch let unknown as Unknown {
      return fail(unknown.reason.printableLine, to: arguments)
    } catch let error as SystemCallError {
      return fail(error.description.printableLine, to: arguments)
    } catch {
      let message = fullMessage(for: error)
      // Help and the version are asked for; everything else is wrong usage.
      if exitCode(for: error) == .success {
        Console.print(arguments.first == "--generate-completion-script" ? mended(message) : message)
        return 0
      }
      let words = message.hasPrefix("Error: ") ? String(message.dropFirst(7)) : message
      return fail(words.naming(arguments), to: arguments)
    }
  }

  /// Returns a script for completion that asks fish 3 for the place of the cursor as it can be asked, and
  /// that looks like no program, as bash reads it into itself.
  private static func mended(_ script: String) -> String {
    let lines = script.hasPrefix("#!") ? script.drop { $0 != "\n" }.dropFirst() : script[...]
    return String(lines).replacing("(__\(Tool.name)_tokens -tC)", with: "(commandline -tC)")
  }

  /// What a script hands on of a variable that is not set: `--root ""` is not this host.
  private static func refuseEmptyArgument(_ arguments: [String]) throws(UsageError) {
    // A word that a shell completes may be empty.
    guard let index = arguments.firstIndex(of: ""), arguments.first != "---completion" else {
      return
    }
    let option = index > 0 && arguments[index - 1].hasPrefix("-") ? arguments[index - 1] : nil
    throw UsageError(option.map { "\($0): the value is empty" } ?? "an argument is empty")
  }

  /// The parser shows the help of everything for a command that there is not.
  private static func refuseUnknownHelp(_ arguments: [String]) throws(UsageError) {
    guard arguments.first == "help" else { return }
    var command: any ParsableCommand.Type = Self.self
    for word in arguments.dropFirst() where !word.hasPrefix("-") && word != "help" {
      let known = command.configuration.subcommands
      guard let next = known.first(where: { $0.configuration.commandName == word }) else {
        let near = NearestName.question(word, among: command.commandNames) ?? ""
        throw UsageError("no command is called '\(word)'\(near)")
      }
      command = next
    }
  }

  /// Parses just the subcommand that the first word names, which saves a tenth of a short run; what
  /// that cannot take, the whole parser explains.
  private static func parsed(_ arguments: [String]) throws -> any ParsableCommand {
    let named = configuration.subcommands.first {
      $0.configuration.commandName == arguments.first && $0.configuration.subcommands.isEmpty
    }
    if let named, let command = try? named.parse(Array(arguments.dropFirst())) { return command }
    return try parseAsRoot(arguments)
  }

  private static func fail(_ message: String, to arguments: [String]) -> Int32 {
    Console.error(message)
    if arguments.contains("--json") || isFor("json", arguments) {
      Console.print(JSON.error(message).text)
    } else if isFor("jsonl", arguments) {
      Console.print(JSON.error(message).line)
    } else if let command = arguments.first, isFor("nagios", arguments) {
      // It shows standard output alone, and takes 2 for a finding.
      Console.print(NagiosStatus.unknownLine(of: command, because: message))
      return NagiosStatus.unknown.rawValue
    }
    return 2
  }

  /// Whether an output format was asked for.
  private static func isFor(_ format: String, _ arguments: [String]) -> Bool {
    arguments.contains("--format=\(format)")
      || zip(arguments, arguments.dropFirst()).contains { $0 == "--format" && $1 == format }
  }
}

extension String {
  /// A message of several lines, with words of the command line that have lines of their own on one.
  fileprivate func naming(_ arguments: [String]) -> String {
    let values = arguments.compactMap {
      $0.split(separator: "=", maxSplits: 1).last.map(String.init)
    }
    return (arguments + values).filter { $0.contains(where: \.isNewline) }
      .reduce(self) { $0.replacing($1, with: $1.printableLine) }
  }
}

extension ParsableCommand {
  /// The names of the commands below it that help lists.
  static var commandNames: [String] {
    configuration.subcommands.filter { $0.configuration.shouldDisplay }
      .compactMap { $0.configuration.commandName }
  }
}
