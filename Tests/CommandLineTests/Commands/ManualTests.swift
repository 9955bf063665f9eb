import Foundation
import TemporaryFolders
import Testing

/// The pages of the manual, and completion in shells.
struct ManualTests {
  private static func pages() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let run = try Run.tool("manual", "--output-dir", "\(folder.path)/man")
    try #require(run.code == 0, "\(run.complaint)")
    return folder
  }

  private static func names(in folder: TemporaryFolder) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/man").sorted()
  }

  private static func text(of page: String, in folder: TemporaryFolder) throws -> String {
    String(decoding: try folder.bytes("man/\(page)"), as: UTF8.self)
  }

  @Test func `manual: every command that help lists has a page, with every option of its help`()
    throws
  {
    let folder = try Self.pages()
    let help = try Run.tool("--help").output
    let commands = help.matches(of: /(?m)^  ([a-z]+)  +[A-Z]/).map { String($0.output.1) }
      .filter { $0 != "help" }
    #expect(commands.count > 12)
    let expected =
      ["tcpadvisor.1", "tcpadvisor-profile.5", "tcpadvisor-model.7"]
      + commands.map { "tcpadvisor-\($0).1" }
    #expect(try Self.names(in: folder) == expected.sorted())
    for command in commands where command != "profiles" {
      let page = try Self.text(of: "tcpadvisor-\(command).1", in: folder)
        .replacing("\\-", with: "-")
      let options = try Run.tool(command, "--help").output
        .matches(of: /(?m)^  (?:-[a-zA-Z0-9], )?--([a-z0-9-]+)/).map { String($0.output.1) }
      for option in options where option != "version" {
        #expect(page.contains(" Fl -\(option)"), "\(command) --\(option)")
      }
      for heading in ["NAME", "SYNOPSIS", "EXIT STATUS", "EXAMPLES", "SEE ALSO"] {
        #expect(page.contains("\n.Sh \(heading)\n"), "\(command): \(heading)")
      }
      #expect(
        try Run.tool("manual", command).output
          == (try Self.text(
            of: "tcpadvisor-\(command).1", in: folder)))
    }
  }

  @Test func `manual: as JSON`() throws {
    let page = try Run.tool("manual", "model", "--json").json["page"]
    #expect(page["name"].string == "tcpadvisor-model")
    #expect(page["section"].number == 7)
    #expect(page["text"].string == (try Run.tool("manual", "model").output))
    #expect(try Run.tool("manual", "--json", "--output-dir", "/nowhere").code == 2)
  }

  @Test func `manual: of profiles it tells every field that editors are told`() throws {
    let page = try Run.tool("manual", "profile").output
    let schema = try Run.tool("profiles", "schema").output
    let titles = Set(schema.matches(of: /"title": ?"([a-z_]+)"/).map { String($0.output.1) })
    #expect(titles.count > 40)
    for title in titles { #expect(page.contains("\n.It Cm \(title)\n"), "\(title)") }
  }

  @Test func `manual: a topic that there is not is refused with the nearest`() throws {
    let run = try Run.tool("manual", "explian")
    #expect(run.code == 2)
    #expect(run.output == "")
    #expect(run.complaint.contains("explain"))
    #expect(try Run.tool("manual", "explain", "--output-dir", "/nowhere").code == 2)
  }

  @Test(Machine.needs("mandoc"))
  func `manual: mandoc has nothing to complain of`() throws {
    let folder = try Self.pages()
    let names = try Self.names(in: folder)
    let run = try Run(
      ["/usr/bin/env", "mandoc", "-T", "lint"] + names.map { "\(folder.path)/man/\($0)" })
    // Whether the pages that it names are installed is another matter: that there are such pages is held here.
    let complaints = run.output.split(separator: "\n").filter { line in
      guard let match = line.firstMatch(of: /referenced manual not found: Xr (tcpadvisor\S*) (\d)/)
      else { return true }
      return !names.contains("\(match.output.1).\(match.output.2)")
    }
    #expect(complaints.isEmpty, "\(complaints.joined(separator: "\n"))")
  }

  private static let lines = [
    "tcpadvisor explain neigh|neighbour", "tcpadvisor check --profile long|long-haul",
    "tcpadvisor emit haprox|haproxy",
  ]
  private static let more = [
    "tcpadvisor check --profile |web-frontend",
    "tcpadvisor sna|snapshot", "tcpadvisor explain tcp_keepalive_p|tcp_keepalive_probes",
    "tcpadvisor explain TA09|TA090",
    "tcpadvisor explain connect --set tcp_synack_r|tcp_synack_retries",
    "tcpadvisor explain connect --option TCP_SYN|TCP_SYNCNT",
    "tcpadvisor check --format nag|nagios", "tcpadvisor measure zero|zero-window",
    "tcpadvisor manual mod|model",
  ]

  @Test(
    .enabled(if: Machine.hasTerminals && Python.canValidate, "no terminal by script(1) here"),
    arguments: ["bash", "zsh", "fish"])
  func `completion: a shell completes what is typed`(shell: String) throws {
    guard EmittedTargets.has(shell) else { return }
    let folder = try TemporaryFolder()
    let script = try Run.tool("--generate-completion-script", shell)
    #expect(script.code == 0)
    try folder.write("script", script.output)
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/tcpadvisor", withDestinationPath: Machine.executable)
    // Drawing a line anew takes fish seconds where others work too.
    let lines = shell == "fish" ? Self.lines : Self.lines + Self.more
    let run = try Run(
      Python.words(
        Machine.fixture("completion/press_tab.py"), shell, "\(folder.path)/script", folder.path),
      input: lines.joined(separator: "\n") + "\n")
    #expect(run.output == "\(lines.count) lines, 0 faults\n", "\(run.complaint)")
  }

  @Test func `help: of a command that there is not is refused`() throws {
    #expect(try Run.tool("help", "explain").code == 0)
    #expect(try Run.tool("help", "profiles", "list").code == 0)
    #expect(try Run.tool("help").code == 0)
    #expect(try Run.tool("help", "help").code == 0)
    for words in [["help", "explian"], ["help", "profiles", "lst"]] {
      let run = try Run.tool(words)
      #expect(run.code == 2)
      #expect(run.output == "")
      #expect(run.complaint.contains("did you mean") || run.complaint.contains("explain"))
    }
  }
}
