// A character with an accent or another mark behind it is another `Character`, and the same byte for
// whoever reads what was written: what escapes goes by scalars.
extension String {
  /// The text with another text in place of some scalars.
  func replacingScalars(_ texts: [Unicode.Scalar: String]) -> String {
    guard unicodeScalars.contains(where: { texts[$0] != nil }) else { return self }
    var replaced = ""
    for scalar in unicodeScalars {
      if let text = texts[scalar] {
        replaced += text
      } else {
        replaced.unicodeScalars.append(scalar)
      }
    }
    return replaced
  }

  /// The text with another one in place of each word in it, whatever stands behind that.
  func replacingEach(_ word: String, with other: String) -> String {
    unicodeScalars.split(separator: word.unicodeScalars, omittingEmptySubsequences: false)
      .map { String($0) }.joined(separator: other)
  }
}
