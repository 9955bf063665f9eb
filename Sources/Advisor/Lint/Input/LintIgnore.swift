/// A rule that a profile silences.
package struct LintIgnore: Hashable, Sendable {
  /// The id of the rule.
  package let rule: String
  package let reason: String
  /// A pattern of paths; nil: all files.
  package let file: String?

  package init(_ rule: String, because reason: String, file: String? = nil) {
    (self.rule, self.reason, self.file) = (rule, reason, file)
  }
}
