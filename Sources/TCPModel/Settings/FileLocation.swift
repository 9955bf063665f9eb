/// Where something was written: `profile.yaml:7:3`.
package struct FileLocation: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let file: String
  /// From 1.
  package let line, column: Int

  package init(file: String, line: Int, column: Int) {
    (self.file, self.line, self.column) = (file, line, column)
  }

  package var description: String { "\(file):\(line):\(column)" }

  package static func < (left: FileLocation, right: FileLocation) -> Bool {
    (left.file, left.line, left.column) < (right.file, right.line, right.column)
  }
}
