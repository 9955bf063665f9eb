import TCPModel

/// A location with the text that it is in, of which an error shows the line; columns count code
/// points, as libyaml does.
struct Mark: Sendable {
  let source: ProfileSource
  let location: FileLocation

  /// - Parameters:
  ///   - line: from 1.
  ///   - column: from 1.
  init(_ source: ProfileSource, line: Int, column: Int) {
    self.source = source
    location = FileLocation(file: source.file, line: line, column: column)
  }
}

/// The line that an error points at, cut to what fits on a screen, and a caret for the line below.
struct Excerpt {
  let line: String
  let caret: String

  private static let width = 100

  init(at mark: Mark) {
    let all = mark.source.line(mark.location.line).unicodeScalars.map(Self.visible)
    let column = min(mark.location.column - 1, all.count)
    let start = column < Self.width ? 0 : column - Self.width / 2
    let shown = all.dropFirst(start).prefix(Self.width)
    line = Self.text(shown)
    // Tabs stay tabs, so that the caret stands right whatever their width.
    caret = Self.text(shown.prefix(column - start)).map { $0 == "\t" ? "\t" : " " } + "^"
  }

  /// Control characters could move a terminal's cursor.
  private static func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    scalar.properties.generalCategory == .control && scalar != "\t" ? "\u{fffd}" : scalar
  }

  private static func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }
}
