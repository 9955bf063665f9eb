import Advisor
import ArgumentParser
import InputFiles
import Reports

/// The profiles there are, whether one is well written, and what may stand in one.
struct ProfilesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profiles", abstract: "List, show, validate and describe profiles.",
    subcommands: [List.self, Show.self, Software.self, Validate.self, Schema.self])

  struct List: ConfinedCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "The built-in profiles.")

    @OptionGroup var output: OutputOptions

    func runConfined() throws {
      let rows = BuiltInProfiles.names.map { ($0, BuiltInProfiles.summary(of: $0) ?? "") }
      if output.json {
        let list = rows.map { JSON.object(["name": .string($0), "summary": .string($1)]) }
        Console.print(JSON.answer("profiles list", about: nil, ["profiles": .array(list)]).text)
      } else {
        output.print(Document(.table(Document.Table(rows.map { [$0, $1] }))))
      }
    }
  }

  struct Show: ConfinedCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "The text of a built-in profile, to start your own from.")

    @Argument(help: "A built-in profile.", completion: Completions.builtInProfiles)
    var name: String

    @OptionGroup var output: OutputOptions

    func runConfined() throws {
      guard let bytes = BuiltInProfiles.bytes(of: name) else {
        // Loading says which name is near.
        _ = try ProfileOptions.load(name)
        throw UsageError("\(name) is a file, not a built-in profile")
      }
      let text = String(decoding: bytes, as: UTF8.self)
      // As it is, whatever the locale: it may go into a file.
      guard output.json else { return Console.print(text) }
      let part: JSON = ["name": .string(name), "text": .string(text)]
      Console.print(JSON.answer("profiles show", about: nil, part).text)
    }
  }

  struct Validate: ConfinedCommand {
    static let configuration = CommandConfiguration(
      commandName: "validate",
      abstract: "Read profiles and say what is wrong with the first that is not well written.")

    @Argument(
      help: ArgumentHelp("Built-in profiles or paths.", valueName: "name|path"),
      completion: Completions.profiles)
    var names: [String]

    @OptionGroup var output: OutputOptions

    func runConfined() throws {
      let profiles = try names.map(ProfileOptions.load)
      guard output.json else {
        return Console.print(
          zip(names, profiles).map { "\($0): valid, profile \($1.name)" }.joined(separator: "\n"))
      }
      let rows = zip(names, profiles).map { name, profile -> JSON in
        ["file": .string(name), "name": .string(profile.name), "valid": .bool(true)]
      }
      Console.print(JSON.answer("profiles validate", about: nil, ["profiles": .array(rows)]).text)
    }
  }

  struct Schema: ConfinedCommand {
    static let configuration = CommandConfiguration(
      commandName: "schema", abstract: "The format of profiles as a JSON Schema, for editors.",
      discussion: """
        With yaml-language-server, put the text into a file and begin a profile with
        # yaml-language-server: $schema=FILE
        """)

    @OptionGroup var output: OutputOptions

    func runConfined() throws {
      let schema = ProfileSchema.json
      guard output.json else { return Console.print(schema.text) }
      Console.print(JSON.answer("profiles schema", about: nil, ["schema": schema]).text)
    }
  }
}
