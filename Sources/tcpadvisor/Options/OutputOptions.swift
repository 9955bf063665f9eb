import ArgumentParser
import Glibc
import Linux
import Reports

/// How an answer is printed.
struct OutputOptions: ParsableArguments {
  enum Colour: String, CaseIterable, ExpressibleByArgument { case auto, always, never }

  @Flag(help: "Print one JSON object instead of text.")
  var json = false

  @Option(help: ArgumentHelp("Colour the output.", valueName: "when"))
  var color = Colour.auto

  /// What is printed where nothing is asked for.
  static let defaultFormat = "text"

  /// Refuses `--json` beside a format that is not JSON.
  /// - Parameters:
  ///   - format: its name; the default one is refused only where it `isNamed`.
  func refuse(besides format: String, isNamed: Bool = false) throws {
    guard json, format != "json", isNamed || format != Self.defaultFormat else { return }
    throw UsageError("--json and --format \(format) exclude each other")
  }

  func print(_ document: Document) { Console.print(document.text(layout), isPainted: true) }

  /// What fits the reader's terminal or, behind a pipe, what the environment says of it.
  var layout: TextLayout {
    TextLayout(isColoured: isColoured, width: Self.width, charset: .ofEnvironment)
  }

  /// What a file holds, wherever the command was typed.
  var layoutOfFile: TextLayout {
    TextLayout(isColoured: color == .always, width: 80, charset: .ofEnvironment)
  }

  /// Colour on a terminal only, and never where NO_COLOR is set.
  private var isColoured: Bool {
    switch color {
    case .always: true
    case .never: false
    case .auto: StandardStream.output.isTerminal && Environment["NO_COLOR"] == nil
    }
  }

  /// The terminal knows its width best; COLUMNS is a shell's memory of it, or a wish.
  private static var width: Int {
    let wish = Environment["COLUMNS"].flatMap { Int($0) }.flatMap { 1...10_000 ~= $0 ? $0 : nil }
    return StandardStream.output.terminalWidth ?? wish ?? 80
  }
}

extension Charset {
  /// That of the locale in force for characters; the first variable that is not empty decides, as
  /// in setlocale(3), and without any it is that of C.
  static var ofEnvironment: Charset {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"]
    return Charset(ofLocale: names.lazy.compactMap { Environment[$0] }.first ?? "C")
  }
}

/// The environment; a variable that is empty is none.
private enum Environment {
  static subscript(name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }
}
