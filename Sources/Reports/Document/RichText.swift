/// Running text with statuses and commands in it.
package struct RichText: Hashable, Sendable, ExpressibleByStringInterpolation {
  package enum Piece: Hashable, Sendable {
    case text(String)
    case status(StatusMark)
    /// What is typed into a shell.
    case command(String)
  }

  package private(set) var pieces: [Piece]

  package init(_ text: String) { pieces = [.text(text)] }

  /// The words alone.
  package var plain: String {
    pieces.map { piece in
      switch piece {
      case .text(let text), .command(let text): text
      case .status(let mark): mark.word
      }
    }.joined()
  }

  package init(stringLiteral text: String) { self.init(text) }

  package init(stringInterpolation: StringInterpolation) { pieces = stringInterpolation.pieces }

  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var pieces: [Piece] = []

    package init(literalCapacity: Int, interpolationCount: Int) {}

    package mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { pieces.append(.text(literal)) }
    }

    package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      pieces.append(.text(value.description))
    }

    package mutating func appendInterpolation(_ status: StatusMark) {
      pieces.append(.status(status))
    }

    package mutating func appendInterpolation(command: String) { pieces.append(.command(command)) }

    package mutating func appendInterpolation(_ text: RichText) { pieces += text.pieces }
  }
}
