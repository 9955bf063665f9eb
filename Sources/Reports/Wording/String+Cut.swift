extension StringProtocol {
  /// Returns the beginning of what nobody reads to its end, with the length of the whole: `1 2 3… (1500
  /// characters)`.
  func cut(to limit: Int = 160) -> String {
    // Bytes first, which are counted at once.
    guard utf8.count > limit, unicodeScalars.count > limit else { return String(self) }
    let start = String(String.UnicodeScalarView(unicodeScalars.prefix(limit)))
    return "\(start)… (\(unicodeScalars.count) characters)"
  }
}
