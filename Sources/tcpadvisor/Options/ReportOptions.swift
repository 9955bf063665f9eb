import ArgumentParser
import Linux
import Reports

/// How a report is printed: as text, JSON or Markdown, and as an HTML page.
struct ReportOptions: ParsableArguments {
  @OptionGroup var output: OutputOptions

  @Option(
    help: ArgumentHelp(
      "Write the report as an HTML page as well, whole or not at all; -, to standard output alone.",
      valueName: "file"), completion: .file(extensions: ["html"]))
  var html: String?

  @Flag(help: "Print Markdown instead of text.")
  var markdown = false

  var json: Bool { output.json }
  var layout: TextLayout { output.layout }
  /// Whether standard output holds the page and nothing else.
  var isPagePrinted: Bool { html == "-" }

  /// The files that it writes.
  var written: [String] { isPagePrinted ? [] : html.map { [$0] } ?? [] }

  func validate() throws {
    let named = [
      ("--json", output.json), ("--markdown", markdown), ("--html -", isPagePrinted),
    ].filter(\.1).map(\.0)
    guard named.count <= 1 else {
      throw UsageError("\(named.joined(separator: " and ")) exclude each other")
    }
  }

  /// Refuses what excludes a format, but for the default one.
  func refuse(besides format: String) throws {
    try output.refuse(besides: format)
    guard format == OutputOptions.defaultFormat || !markdown && !isPagePrinted else {
      throw UsageError("--format \(format) goes with neither --markdown nor --html -")
    }
  }

  /// Prints documents one below the other, as Markdown where that is asked for.
  func print(_ documents: [Document]) {
    if markdown {
      Console.print(MarkdownText(documents).text)
    } else {
      Console.print(
        documents.map { $0.text(layout) }.joined(separator: "\n"), isPainted: true)
    }
  }

  /// Prints an answer as it was asked for.
  /// - Parameters:
  ///   - document: as text has it.
  ///   - page: as a page has it, where that differs.
  ///   - title: heads the page where the document has no title.
  func print(
    _ document: @autoclosure () -> Document, page: @autoclosure () throws -> Document? = nil,
    title: @autoclosure () -> String, json: @autoclosure () -> JSON
  ) throws {
    try writePage(of: { try [page() ?? document()] }, title: title())
    if isPagePrinted { return }
    if output.json {
      Console.print(json())
    } else {
      print([document()])
    }
  }

  /// Writes the page where one is asked for.
  /// - Parameter documents: one below the other.
  func writePage(of documents: () throws -> [Document], title: @autoclosure () -> String) throws {
    guard let html else { return }
    let text = HTMLPage(try documents(), title: title()).text
    if isPagePrinted {
      Console.print(text)
    } else {
      try DestinationOption.write(text, to: html)
    }
  }
}
