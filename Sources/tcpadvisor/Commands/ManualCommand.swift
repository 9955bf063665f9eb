import ArgumentParser
import InputFiles
import Linux
import Reports
import TCPModel

/// The pages of the manual, for hosts where nobody installed them.
struct ManualCommand: ConfinedCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual",
    abstract: "Print a page of the manual, which man(1) lays out.",
    discussion: "To read one: tcpadvisor manual explain | man -l -")

  @Argument(
    help: "A command, profile, or model; left out, the program itself.",
    completion: .list(ManualPages.topics))
  var topic: String?

  @Option(
    help: ArgumentHelp("Write all pages into a folder, which is made.", valueName: "folder"),
    completion: .directory)
  var outputDir: String?

  @OptionGroup var output: OutputOptions

  var written: [String] { outputDir.map { [$0] } ?? [] }

  func runConfined() throws {
    let pages = try ManualPages()
    guard let outputDir else {
      let topic = topic ?? ""
      guard let page = pages[topic] else {
        let near = NearestName.question(topic, among: ManualPages.topics)
        throw UsageError(
          "no page is about '\(topic)'\(near ?? ": \(ManualPages.topics.joined(separator: ", "))")")
      }
      guard output.json else { return Console.print(page.text, isPainted: true) }
      return Console.print(JSON.answer("manual", about: nil, ["page": page.json]).text)
    }
    guard !output.json else { throw UsageError("--output-dir and --json exclude each other") }
    try DestinationOption.refuseStandardOutput(asFolder: outputDir)
    guard topic == nil else { throw UsageError("--output-dir writes all pages: name none") }
    for page in pages.all {
      try DestinationOption.write(
        page.text, to: "\(outputDir)/\(page.file)", makingFolders: true)
    }
  }
}
