import ArgumentParser
import Emitters
import Glibc
import Linux

/// How an answer is printed.
struct OutputOptions: ParsableArguments {
  enum Colour: String, CaseIterable, ExpressibleByArgument { case auto, always, never }

  @Flag(help: "Print one JSON object instead of text.")
  var json = false

  @Option(help: ArgumentHelp("Colour: auto (the default), always or never.", valueName: "when"))
  var color: Colour?

  /// Colour on a terminal only, and never where NO_COLOR is set.
  var style: Style {
    switch color ?? .auto {
    case .always: Style(isColoured: true)
    case .never: Style(isColoured: false)
    case .auto:
      Style(
        isColoured: StandardStream.output.isTerminal
          && (getenv("NO_COLOR").map { $0.pointee == 0 } ?? true))
    }
  }
}
