import Foundation
import NamespaceTesting
import TemporaryFolders
import Testing

/// Reports as pages and as Markdown, as browsers and readers have them.
struct PageTests {
  private static let evil =
    "<img src=x onerror=injected=1>\"'</script><script>injected=1</script>`|@root [a](b)"

  private static func evilProfile() throws -> String {
    let text = String(decoding: try JSONEncoder().encode(evil), as: UTF8.self)
    return """
      schema: 1
      name: evil
      summary: \(text)
      connections:
        - name: \(text)
          objectives:
            idle: { within: 15min, survive: 60s, why: \(text), source: \(text) }
            connect: { within: 5s, why: \(text) }
        - name: other
          objectives: { send: { within: 60s } }
      """
  }

  /// Every command that has pages, on input that is hostile as well.
  private static func pages(in folder: TemporaryFolder) throws -> [String] {
    try folder.write("evil.yaml", try evilProfile())
    try folder.write("evil.txt", try Machine.stockText + "net.ipv4.tcp_\(evil) = \(evil)\n")
    let from = ["--from", Machine.stock]
    let commands: [(name: String, words: [String])] = [
      ("advise", ["advise"] + from),
      ("advise-evil", ["advise", "--profile", "evil.yaml", "--from", "evil.txt"]),
      ("connect", ["explain", "connect"] + from),
      ("kernels", ["explain", "send", "--kernel", "4.19", "--kernel", "6.12"] + from),
      ("sysctl", ["explain", "tcp_keepalive_time"] + from),
      ("fleet", ["fleet", Machine.stock, "evil.txt", "--since", "before.jsonl"]),
      ("rule", ["explain", "TA012"]), ("took", ["explain", "--took", "131s"] + from),
      ("topics", ["explain", "--list"]),
    ]
    let before = try Run.tool("fleet", Machine.stock, "--format", "jsonl")
    try folder.write("before.jsonl", before.output)
    for (name, words) in commands {
      let run = try Run.tool(words + ["--html", "\(name).html"], in: folder.path)
      #expect(run.code == (name == "fleet" ? 1 : 0), "\(words): \(run.complaint)")
      #expect(!run.output.isEmpty)
    }
    return commands.map { "\(folder.path)/\($0.name).html" }
  }

  @Test func `page: it goes to a file beside the text, or to standard output alone`() throws {
    let folder = try TemporaryFolder()
    let words = ["explain", "connect", "--from", Machine.stock]
    let plain = try Run.tool(words)
    let both = try Run.tool(words + ["--html", "page.html"], in: folder.path)
    #expect(both.output == plain.output)
    let page = String(decoding: try folder.bytes("page.html"), as: UTF8.self)
    #expect(page.hasPrefix("<!DOCTYPE html>\n"))
    #expect(try Run.tool(words + ["--html", "-"]).output == page)
    let json = try Run.tool(words + ["--json", "--html", "page.html"], in: folder.path)
    #expect(try json.json["scenario"].string == "connect")
  }

  @Test(arguments: [
    "explain connect --json --html -", "explain connect --markdown --json",
    "explain connect --markdown --html -", "sockets --format csv --markdown",
    "sockets --watch 1s --html x", "fleet . --format csv --html -",
    "explain connect --html /nowhere/at/all",
  ])
  func `page: what excludes each other, or cannot be written, is refused`(words: String) throws {
    let run = try Run.tool(words.components(separatedBy: " "))
    #expect(run.code == 2)
    #expect(run.output == "" || words.contains("--json"))
    #expect(!run.complaint.isEmpty)
  }

  @Test(
    Machine.needs("chromium", "chromedriver"),
    .enabled("selenium and axe are not installed") {
      EmittedTargets.hasModule("selenium") && EmittedTargets.hasModule("axe_playwright_python")
    })
  func `page: a browser finds nothing wrong, on a telephone and on paper, by day and night`() throws
  {
    let folder = try TemporaryFolder()
    var pages = try Self.pages(in: folder)
    if Machine.allowsNamespaces {
      for (name, words) in [
        ("measure", ["measure", "connect", "idle", "--budget", "3s"]), ("sockets", ["sockets"]),
      ] {
        let run = try Run.tool(words + ["--html", "\(name).html"], in: folder.path)
        #expect(run.code == 0, "\(run.complaint)")
        pages.append("\(folder.path)/\(name).html")
      }
    }
    let run = try Run(
      [EmittedTargets.python, Machine.fixture("pages/browse.py"), folder.path] + pages)
    #expect(run.output == "\(pages.count) pages, 0 faults\n", "\(run.complaint)")
  }

  @Test(Machine.needs("cmark-gfm"))
  func `markdown: a reader of pull requests makes no markup of names`() throws {
    let folder = try TemporaryFolder(["evil.yaml": try Self.evilProfile()])
    let run = try Run.tool(
      "advise", "--from", Machine.stock, "--profile", "evil.yaml", "--markdown", in: folder.path)
    #expect(run.code == 0)
    let html = try Run(
      ["/usr/bin/env", "cmark-gfm", "--unsafe", "-e", "table", "-e", "autolink"], input: run.output)
    #expect(html.code == 0)
    #expect(html.output.contains("<table>"))
    #expect(html.output.contains("&lt;img src=x onerror=injected=1&gt;"))
    #expect(!html.output.contains("<img"))
    #expect(!html.output.contains("<script"))
    #expect(!html.output.contains("<a href"))
    // Nobody is called from within code.
    let prose = html.output.replacing(/(?s)<pre>.*?<\/pre>/, with: "")
    #expect(prose.contains("root") && !prose.contains("@root"))
  }
}
