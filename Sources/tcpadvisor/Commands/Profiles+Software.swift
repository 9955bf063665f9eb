import Advisor
import ArgumentParser
import InputFiles
import Reports
import TCPModel

extension ProfilesCommand {
  struct Software: ConfinedCommand {
    static let configuration = CommandConfiguration(
      commandName: "software",
      abstract: "The programs that `software:` names in a profile, and what is known of each.")

    @Argument(help: "A program; left out, all are listed.", completion: Completions.programs)
    var name: String?

    @OptionGroup var output: OutputOptions

    func runConfined() throws {
      let known = try ProfileReader.knownPrograms()
      let program = try name.map { try Self.program(named: $0, among: known) }
      if output.json {
        let list = (program.map { [$0] } ?? known).map(\.json)
        let part: JSON = ["software": .array(list)]
        return Console.print(JSON.answer("profiles software", about: nil, part).text)
      }
      let rows = known.map { [$0.name, $0.summary ?? ""] }
      output.print(program?.document ?? Document(.table(Document.Table(rows))))
    }

    private static func program(named name: String, among known: [KnownProgram]) throws
      -> KnownProgram
    {
      if let program = known.first(where: { $0.name == name }) { return program }
      let near = NearestName.question(name, among: known.map(\.name)) ?? ""
      throw UsageError("no program is called “\(name)”\(near)")
    }
  }
}
