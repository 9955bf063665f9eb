import ArgumentParser
import Reports
import TCPModel

/// What may stand in the JSON of a command.
struct SchemaCommand: ConfinedCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of what a command prints with --json.",
    discussion: """
      Without a name, all are listed with their ids, which end in a version; every answer names its own \
      as `$schema`. A name with -line behind it is the schema of a line of --format jsonl, and `error` \
      that of what is printed where there is no answer. `profiles schema` prints the one of profiles.
      """)

  @Argument(
    help: ArgumentHelp("A schema; left out, all are listed.", valueName: "command"),
    completion: .list(PublishedSchema.all.map(\.name)))
  var name: String?

  @OptionGroup var output: OutputOptions

  func runConfined() throws {
    guard let name else { return printList() }
    let schema = try Self.schema(named: name).json
    guard output.json else { return Console.print(schema.text) }
    Console.print(JSON.answer("schema", about: nil, ["schema": schema]).text)
  }

  private static func schema(named name: String) throws -> PublishedSchema {
    if let schema = PublishedSchema.named(name) { return schema }
    let near = NearestName.question(name, among: PublishedSchema.all.map(\.name))
    throw UsageError(
      "no schema is called “\(name)”\(near ?? "; without a name, schema lists them")")
  }

  private func printList() {
    let schemas = PublishedSchema.all
    if output.json {
      let rows = JSON.array(schemas.map(\.entry))
      return Console.print(JSON.answer("schema", about: nil, ["schemas": rows]).text)
    }
    let rows = schemas.map { [$0.name, $0.id] }
    output.print(Document(.table(Document.Table(rows))))
  }
}
