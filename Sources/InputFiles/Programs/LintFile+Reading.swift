package import Advisor
import TCPModel

extension LintFile {
  /// Reads a file of a known program, whichever way it is written.
  ///
  /// - Parameter path: as it was given.
  package init(
    reading bytes: [UInt8], path: String, as format: ConfigurationFormat
  ) throws(ProfileError) {
    guard format.syntax == .tree else {
      self.init(program: bytes, path: path, format)
      return
    }
    let content = try ForeignYAML.content(of: bytes, file: path)
    self.init(
      program: bytes, path: path, format,
      trees: content.documents.compactMap { ConfigurationTree($0) })
  }
}

extension ConfigurationTree {
  /// Nil for what says nothing.
  init?(_ node: Node) {
    switch node.content {
    case .scalar where node.isNull: return nil
    case .scalar(let text, _): self = .scalar(ConfigurationWord(text, at: node.mark))
    case .list(let nodes): self = .list(nodes.compactMap(ConfigurationTree.init))
    case .map(let entries):
      self = .map(
        entries.compactMap { entry in
          ConfigurationTree(entry.value).map {
            Entry(ConfigurationWord(entry.key, at: entry.mark), $0)
          }
        })
    }
  }
}

extension ConfigurationWord {
  fileprivate init(_ text: String, at mark: Mark) {
    let (line, column) = (mark.location.line, mark.location.column)
    self.init(
      text: text,
      place: LintPlace(line: line, column: column, endColumn: column + text.unicodeScalars.count))
  }
}
