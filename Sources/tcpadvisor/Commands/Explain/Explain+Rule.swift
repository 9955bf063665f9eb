import Advisor
import Reports

extension Explain {
  /// All about a rule of `lint`.
  func explain(_ rule: LintRule) throws {
    guard experiment.isUnused else { throw UsageError("\(rule.id) takes no scenario options") }
    try output.print(
      rule.document, title: "\(rule.id)", json: .answer("explain", about: nil, ["rule": rule.json]))
  }
}
