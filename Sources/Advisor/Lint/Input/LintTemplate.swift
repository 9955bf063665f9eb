package import TCPModel

/// What of a file is left to a template engine, and so not judged.
package struct LintTemplate: Sendable {
  /// From 1, sorted.
  package let lines: [Int]
  /// The keys that it sets to values that nobody knows yet.
  let keys: Set<SysctlKey>

  package init(lines: Set<Int> = [], keys: Set<SysctlKey> = []) {
    (self.lines, self.keys) = (lines.sorted(), keys)
  }

  package var isEmpty: Bool { lines.isEmpty }
}
