import TCPModel

/// A file that says what sockets do.
///
/// A fact is `NAME = STEPS` or `NAME since RELEASE = STEPS`: the steps that `FactRun` lists, separated by
/// commas, each with what comes of it behind a colon. Lines that begin with a blank go on with the fact
/// above them; `#` begins a line of comment.
struct FactFile {
  let facts: [StatedFact]

  /// - Parameter file: the name that errors give it.
  init(_ text: String, named file: String) throws(FactFileError) {
    var facts: [StatedFact] = []
    for (line, statement) in try Self.statements(of: text, file) {
      let fact = try StatedFact(statement, at: (file, line))
      guard !facts.contains(where: { $0.name == fact.name }) else {
        throw FactFileError(file, line, "\(fact.name) is there twice")
      }
      facts.append(fact)
    }
    self.facts = facts
  }

  /// Each fact in one line, with the number of its first.
  private static func statements(of text: String, _ file: String) throws(FactFileError)
    -> [(line: Int, text: String)]
  {
    var statements: [(line: Int, text: String)] = []
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !line.isEmpty && line.first != "#" {
      if line.first != " " {
        statements.append((index + 1, String(line)))
      } else if let last = statements.indices.last {
        statements[last].text += line
      } else {
        throw FactFileError(file, index + 1, "there is no fact that this line could go on with")
      }
    }
    return statements
  }
}

/// What is wrong with a file of facts, and where.
package struct FactFileError: Error, Equatable, CustomStringConvertible {
  let file: String
  /// From 1.
  let line: Int
  let reason: String

  init(_ file: String, _ line: Int, _ reason: String) {
    (self.file, self.line, self.reason) = (file, line, reason)
  }

  package var description: String { "\(file):\(line): \(reason)" }
}
