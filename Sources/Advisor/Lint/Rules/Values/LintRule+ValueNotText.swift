extension LintRule {
  /// A value of a pod that YAML reads as a number or a boolean.
  static let valueNotText = LintRule(
    "TA084", "value-not-text", .error,
    why: "The value of a pod's sysctl is text: the API server refuses a number or a boolean.",
    source: "Sysctl in k8s.io/api/core/v1",
    remedy: "Write the value in quotation marks.",
    .assignments { assignment, _ in
      guard assignment.target == .pod, assignment.origin.valueType != .text else { return nil }
      return LintHit("\(assignment.text): YAML reads it as a \(assignment.origin.valueType)")
    }
  )
}
