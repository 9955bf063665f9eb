import Foundation
import InputFiles

extension PromiseKind {
  /// Commands, options, and the words that options take.
  static let commands = PromiseKind(
    file: "commands.txt",
    subjects: { Array($0.split { $0 == " " || $0 == "=" }.map(String.init).suffix(1)) }
  ) { _ in
    let program = try CommandDescription(
      describing: Run.tool("--experimental-dump-help").output)
    return promises(of: program, within: [])
  }

  private static func promises(of command: CommandDescription, within names: [String]) -> [Promise]
  {
    let words = (names + [command.name]).joined(separator: " ")
    return [Promise(words, "command")]
      + command.arguments.flatMap { promises(of: $0, within: words) }
      + command.subcommands.flatMap { promises(of: $0, within: names + [command.name]) }
  }

  private static func promises(
    of argument: CommandDescription.Argument, within command: String
  ) -> [Promise] {
    let name = argument.names.last ?? "<\(argument.value ?? "")>"
    let others = argument.names.dropLast().map {
      Promise("\(command) \($0)", "the same as \(name)")
    }
    let facts = [
      argument.value == nil ? "flag" : "value", argument.isRepeated ? "repeatable" : nil,
      argument.isOptional ? nil : "required", argument.initial.map { "default \($0)" },
    ].compactMap { $0 }.joined(separator: ", ")
    return others + [Promise("\(command) \(name)", facts)]
      + argument.values.map { Promise("\(command) \(name)=\($0)", "a word") }
  }
}
