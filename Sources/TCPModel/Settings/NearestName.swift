/// The known name that a misspelt one most likely means.
package enum NearestName {
  /// - Parameter limit: how many letters may differ; nil: a third of them.
  /// - Returns: nil if nothing is near.
  package static func of(_ name: String, among known: some Sequence<String>, limit: Int? = nil)
    -> String?
  {
    let letters = Array(name)
    let limit = limit ?? max(2, letters.count / 3)
    // Names whose lengths differ by more are further away than that.
    let ranked = known.filter { abs($0.count - letters.count) <= limit }.map {
      (name: $0, distance: distance(letters, Array($0)))
    }
    guard let best = ranked.min(by: { ($0.distance, $0.name) < ($1.distance, $1.name) })
    else { return nil }
    return best.distance <= limit ? best.name : nil
  }

  /// Returns the fewest letters to insert, remove or replace (Levenshtein).
  private static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var row = Array(0...right.count)
    for (i, letter) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in right.enumerated() {
        let above = row[j + 1]
        row[j + 1] = min(above + 1, row[j] + 1, diagonal + (letter == other ? 0 : 1))
        diagonal = above
      }
    }
    return row[right.count]
  }
}
