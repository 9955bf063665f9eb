import Advisor
package import TCPModel

/// Why a profile cannot be used: where, what, and the name that was probably meant.
package struct ProfileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Nil if the trouble is in no file, as of a profile that does not exist.
  package private(set) var file: String?
  /// Nil if the file as a whole is meant, or none.
  package private(set) var location: FileLocation?
  package let message: String
  /// The known name nearest to a misspelt one.
  package let nearest: String?
  /// The line as it stands in the file, and a caret to print below it; nil if it is blank.
  package private(set) var sourceLine, caret: String?

  package init(_ message: String, nearest: String? = nil) {
    (self.message, self.nearest) = (message, nearest)
  }

  init(_ message: String, at mark: Mark, nearest: String? = nil) {
    self.init(message, nearest: nearest)
    place(at: mark)
  }

  init(_ message: String, in source: ProfileSource) {
    self.init(message)
    file = source.file
  }

  /// Returns a name that is not among the known ones; `kind` is what it should be, such as `field`.
  static func unknown(
    _ kind: String, _ name: String, among known: [String], at mark: Mark
  ) -> Self {
    // Comparing names takes the product of their lengths, and a file may hold any names.
    let isShort = { (name: String) in name.utf8.count <= 100 }
    let nearest =
      isShort(name) && known.count <= 1000 && known.allSatisfy(isShort)
      ? NearestName.of(name, among: known) : nil
    let list = nearest == nil && known.count <= 20 ? "; known here: " : ""
    return Self(
      "no \(kind) is called \(quoted(name))"
        + (list.isEmpty ? "" : list + known.joined(separator: ", ")),
      at: mark, nearest: nearest)
  }

  /// Returns the same error with a place, where it has none yet.
  func placed(at mark: Mark) -> Self {
    guard file == nil else { return self }
    var placed = self
    placed.place(at: mark)
    return placed
  }

  private mutating func place(at mark: Mark) {
    (file, location) = (mark.source.file, mark.location)
    let excerpt = Excerpt(at: mark)
    // Behind the end of a file there is nothing to point at.
    guard !excerpt.line.allSatisfy(\.isWhitespace) else { return }
    (sourceLine, caret) = (excerpt.line, excerpt.caret)
  }

  package var description: String { ([summary] + excerpt).joined(separator: "\n") }

  /// Where, what and perhaps what was meant, without the line of the file.
  package var summary: String {
    let place = location.map { "\($0): " } ?? file.map { "\($0): " } ?? ""
    return place + message + (nearest.map { "; did you mean “\($0)”?" } ?? "")
  }

  /// The line of the file, and below it the caret; none where there is nothing to point at.
  package var excerpt: [String] { [sourceLine, caret].compactMap(\.self) }
}

/// Text in quotation marks on one line, cut where it is long.
func quoted(_ text: String) -> String {
  let flat = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  return flat.count <= 60 ? "“\(flat)”" : "“\(flat.prefix(60))…”"
}
