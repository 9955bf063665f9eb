import ArgumentParser
import InputFiles
import Reports

/// All pages of the manual.
struct ManualPages {
  let all: [ManualPage]

  /// - Throws: `ProfileError` where the parser describes itself otherwise than it did.
  init() throws {
    let program = try CommandDescription(describing: TCPAdvisor._dumpHelp())
    let name = program.name
    all =
      ([program] + program.subcommands).map { command in
        ManualPage(of: command, in: program, prose: ManualProse[command.name])
      } + [
        ManualPage(
          "\(name)-profile", section: 5, of: name, "what is requested of TCP connections",
          list: ("FORMAT", ManualPage.list(of: Self.forms)), prose: ManualProse["profile"]),
        ManualPage(
          "\(name)-model", section: 7, of: name, "when Linux gives up a TCP connection",
          prose: ManualProse["model"]),
      ]
  }

  /// What pages are about: commands by their names.
  static let topics: [String] = TCPAdvisor.commandNames + ["profile", "model"]

  /// Empty is the program itself.
  subscript(topic: String) -> ManualPage? {
    let name = topic.isEmpty || topic == Tool.name ? Tool.name : "\(Tool.name)-\(topic)"
    return all.first { $0.name == name }
  }

  private static let forms =
    [ProfileFormat.profile] + ProfileFormat.forms + [ProfileFormat.requirement]
}
