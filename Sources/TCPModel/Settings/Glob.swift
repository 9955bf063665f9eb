/// A pattern in which `*` stands for any text and `?` for one character, as sysctl.d has them.
package struct Glob: Hashable, Sendable {
  private let pattern: [Character]

  package init(_ pattern: some StringProtocol) { self.pattern = Array(pattern) }

  package func matches(_ text: some StringProtocol) -> Bool {
    // The last star and the place it was tried from: where a match fails, it takes one more.
    let text = Array(text)
    var (p, t) = (0, 0)
    var star: (pattern: Int, text: Int)?
    while t < text.count {
      if p < pattern.count, pattern[p] == "*" {
        star = (p, t)
        p += 1
      } else if p < pattern.count, pattern[p] == "?" || pattern[p] == text[t] {
        (p, t) = (p + 1, t + 1)
      } else if let last = star {
        star = (last.pattern, last.text + 1)
        (p, t) = (last.pattern + 1, last.text + 1)
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == "*" }
  }
}
