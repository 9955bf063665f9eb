/// What tells two texts apart, as `diff -u` prints it.
package struct UnifiedDiff: Sendable {
  private static let context = 3

  private enum Edit: Equatable { case same, removed, added }

  private let edits: [(edit: Edit, line: String)]
  private let name: String

  /// - Parameter name: the path of the file, as both headers give it.
  package init(of name: String, from old: [UInt8], to new: [UInt8]) {
    self.name = name.diffQuoted
    edits = Self.edits(from: Self.lines(old), to: Self.lines(new))
  }

  /// The empty text where nothing differs.
  package var text: String {
    guard edits.contains(where: { $0.edit != .same }) else { return "" }
    return "--- \(name)\n+++ \(name)\n" + hunks.map(text).joined()
  }

  /// Each with its newline; what has none is told apart by that.
  private static func lines(_ bytes: [UInt8]) -> [String] {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) + "\n" }
    let last = lines.removeLast().dropLast()
    return last.isEmpty ? lines : lines + ["\(last)\n\\ No newline at end of file\n"]
  }

  /// How far ahead lines that are the same again are looked for.
  private static let reach = 8

  /// Not always the shortest edit, and found in one pass: a fix changes lines one by one.
  private static func edits(from old: [String], to new: [String]) -> [(edit: Edit, line: String)] {
    var edits: [(edit: Edit, line: String)] = []
    var (i, j) = (0, 0)
    while i < old.count || j < new.count {
      let (removed, added) = step(from: old[i...], to: new[j...])
      edits += old[i..<i + removed].map { (.removed, $0) } + new[j..<j + added].map { (.added, $0) }
      (i, j) = (i + removed, j + added)
      guard i < old.count, j < new.count, old[i] == new[j] else { continue }
      edits.append((.same, old[i]))
      (i, j) = (i + 1, j + 1)
    }
    return edits
  }

  /// Returns how many lines differ until both go on with the same.
  private static func step(from old: ArraySlice<String>, to new: ArraySlice<String>)
    -> (removed: Int, added: Int)
  {
    guard !old.isEmpty, !new.isEmpty else { return (old.count, new.count) }
    for distance in 0...reach {
      for removed in 0...distance {
        let (left, right) = (old.startIndex + removed, new.startIndex + distance - removed)
        if left < old.endIndex, right < new.endIndex, old[left] == new[right] {
          return (removed, distance - removed)
        }
      }
    }
    return (1, 1)
  }

  /// Changes with the lines around them; those that touch are one.
  private var hunks: [Range<Int>] {
    var hunks: [Range<Int>] = []
    for index in edits.indices where edits[index].edit != .same {
      let range = max(0, index - Self.context)..<min(edits.count, index + Self.context + 1)
      if let last = hunks.last, last.upperBound >= range.lowerBound {
        hunks[hunks.count - 1] = last.lowerBound..<range.upperBound
      } else {
        hunks.append(range)
      }
    }
    return hunks
  }

  private func text(of hunk: Range<Int>) -> String {
    let before = edits[..<hunk.lowerBound]
    let within = edits[hunk]
    func span(_ other: Edit) -> String {
      let start = before.count { $0.edit != other }
      let count = within.count { $0.edit != other }
      return "\(count == 0 ? start : start + 1),\(count)"
    }
    return "@@ -\(span(.added)) +\(span(.removed)) @@\n"
      + within.map { edit, line in
        switch edit {
        case .same: " \(line)"
        case .removed: "-\(line)"
        case .added: "+\(line)"
        }
      }.joined()
  }
}

extension String {
  /// The name of a file as GNU diff writes it: in quotation marks, with the escapes of C, where it would
  /// otherwise end its line or say something to a terminal.
  fileprivate var diffQuoted: String {
    guard
      printableLine != self
        || unicodeScalars.contains(where: { "\"\\".unicodeScalars.contains($0) })
    else { return self }
    let escaped = unicodeScalars.map { scalar -> String in
      switch scalar {
      case "\"", "\\": "\\\(scalar)"
      case "\n": "\\n"
      case "\t": "\\t"
      case _ where scalar.steersTerminals:
        String(scalar).utf8.map { "\\\($0 >> 6)\($0 >> 3 & 7)\($0 & 7)" }.joined()
      default: String(scalar)
      }
    }
    return "\"\(escaped.joined())\""
  }
}
