import Advisor
import TCPModel

/// What is missed or unknown, as remarks on the lines of the profile that ask for it.
enum FindingsAnnotations<Format: AnnotationFormat>: FindingsReporter {
  static var name: String { Format.name }

  static func text(of findings: [Finding], _ run: FindingsRun) -> String {
    let open = findings.filter { !$0.status.isMet }
    let rules = Dictionary(open.map { ($0.rule, $0.annotationRule) }) { first, _ in first }
    return Format.text(
      of: AnnotationRun(
        command: "check", rules: open.map(\.rule).distinct.compactMap { rules[$0] },
        files: findings.map(\.location.file).distinct, open.map(\.annotation), troubles: []))
  }
}

extension Finding {
  /// What is required, whoever requires it: `idle.within`.
  fileprivate var rule: String {
    let kind =
      switch subject {
      case .bound(let kind): kind.rawValue
      case .middlebox: "middlebox"
      case .silentDrop: "silent-drop"
      case .sysctl: "sysctl"
      }
    return scenario.map { "\($0.rawValue).\(kind)" } ?? kind
  }

  private var remedyText: String {
    let remedies = remedies.map { $0.text(for: self) }.joined(separator: "; ")
    return remedies.isEmpty ? "See explain \(scenario?.rawValue ?? "--list")" : remedies
  }

  fileprivate var annotationRule: AnnotationRule {
    let summary = scenario?.definition.summary ?? "a sysctl that the profile asks for"
    return AnnotationRule(
      id: rule, name: rule, level: level, summary: summary,
      explanation: "\(summary): \(rule) is what the profile requires.",
      remedy: "`\(Tool.name) advise` makes a plan.", source: "\(Tool.name) explain")
  }

  private var level: Annotation.Level {
    if isUnknown { return .note }
    switch severity {
    case .error: return .error
    case .warning: return .warning
    case .notice: return .note
    }
  }

  fileprivate var annotation: Annotation {
    Annotation(
      rule: rule, level: level, location: location, endColumn: location.column + 1,
      message: "\(id): \(wish): \(isUnknown ? "unknown: " : "")\(reason)", remedy: remedyText,
      subject: id, suppression: nil)
  }
}
