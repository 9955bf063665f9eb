package import TCPModel

/// What of a file is left to a template engine, and so not judged.
package struct LintTemplate: Sendable {
  private let numbers: Set<Int>
  /// The keys that it sets to values that nobody knows yet.
  let keys: Set<SysctlKey>

  /// - Parameter lines: from 1.
  package init(lines: Set<Int> = [], keys: Set<SysctlKey> = []) {
    (numbers, self.keys) = (lines, keys)
  }

  package var isEmpty: Bool { numbers.isEmpty }
  /// From 1, sorted.
  package var lines: [Int] { numbers.sorted() }

  /// Whether a line is left to it.
  func changes(_ line: Int) -> Bool { numbers.contains(line) }
}
