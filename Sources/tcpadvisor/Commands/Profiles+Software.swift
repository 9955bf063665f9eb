import Advisor
import ArgumentParser
import InputFiles
import Reports
import TCPModel

extension ProfilesCommand {
  struct Software: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "software",
      abstract: "The programs that `software:` names in a profile, and what is known of each.")

    @Argument(help: "A program; left out, all are listed.")
    var name: String?

    @OptionGroup var output: OutputOptions

    func run() throws {
      let known = try ProfileReader.knownPrograms()
      guard let name else {
        let rows = known.map { [$0.name, $0.summary ?? ""] }
        return output.json
          ? Console.print(
            JSON.answer(
              "profiles software", about: nil, ["software": .array(known.map(\.json))]
            ).text)
          : output.print(Document(.table(Document.Table(rows))))
      }
      guard let program = known.first(where: { $0.name == name }) else {
        let near = NearestName.of(name, among: known.map(\.name)).map { "; did you mean \($0)?" }
        throw UsageError("no program is called “\(name)”\(near ?? "")")
      }
      guard output.json else { return output.print(program.document) }
      Console.print(
        JSON.answer("profiles software", about: nil, ["software": [program.json]]).text)
    }
  }
}
