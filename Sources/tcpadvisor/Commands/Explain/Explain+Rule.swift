import Advisor
import Reports

extension Explain {
  /// All about a rule of `lint`.
  func explain(_ rule: LintRule) throws {
    guard experiment.isUnused else { throw UsageError("\(rule.id) takes no scenario options") }
    guard output.json else { return output.print(rule.document) }
    Console.print(JSON.answer("explain", about: nil, ["rule": rule.json]).text)
  }
}
