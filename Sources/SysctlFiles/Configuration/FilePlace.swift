/// A line of a file, or the file alone.
package struct FilePlace: Hashable, Sendable, CustomStringConvertible {
  package let file: String
  /// From 1; nil if no line of the file is meant.
  package let line: Int?

  package init(_ file: String, _ line: Int?) { (self.file, self.line) = (file, line) }

  /// `FILE:LINE`, or the file.
  package var description: String { line.map { "\(file):\($0)" } ?? file }
}
