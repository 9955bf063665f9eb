/// What is wrong with files, which are taken in group by group: of a file nothing is kept but its path, and
/// what a template engine fills in.
package struct LintFindings {
  /// An end for all files: who has so many mends them by a rule.
  package static let mostOfRule = 10_000

  /// In the order of the files, and of their lines.
  package private(set) var all: [LintFinding] = []
  /// Their paths.
  package private(set) var files: [String] = []
  /// Of each file that a template engine fills in, by its path.
  package private(set) var templates: [(file: String, template: LintTemplate)] = []

  private let linter: Linter
  private var counts: [String: Int] = [:]

  package init(by linter: Linter) { self.linter = linter }

  /// Takes in files that are loaded together.
  package mutating func add(_ group: LintGroup) {
    for finding in linter.findings(in: group) {
      let count = counts[finding.rule.id, default: 0] + 1
      counts[finding.rule.id] = count
      guard count <= Self.mostOfRule else { continue }
      all.append(count == Self.mostOfRule ? finding.last(of: "the files") : finding)
    }
    files += group.files.map(\.path)
    templates += group.files.filter { !$0.template.isEmpty }.map { ($0.path, $0.template) }
  }
}
