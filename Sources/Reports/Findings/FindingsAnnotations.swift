import Advisor
import TCPModel

/// What is missed or unknown, as remarks on the lines of the profile that ask for it, and what is wrong
/// with files, on their lines.
enum FindingsAnnotations<Format: AnnotationFormat>: FindingsReporter {
  static var name: String { Format.name }

  static func text(of findings: [Finding], _ run: FindingsRun) -> String {
    let open = findings.filter { !$0.status.isMet }
    let rules = Dictionary(open.map { ($0.annotationRule.id, $0.annotationRule) }) { first, _ in
      first
    }
    return Format.text(
      of: AnnotationRun(
        command: "check", rules: open.map(\.annotationRule.id).distinct.compactMap { rules[$0] },
        files: findings.map(\.location.file).distinct, open.map(\.annotation), troubles: []))
  }
}

extension Finding {
  private var level: Annotation.Level {
    if isUnknown, !isOnFiles { return .note }
    switch severity {
    case .error: return .error
    case .warning: return .warning
    case .notice: return .note
    }
  }

  fileprivate var annotationRule: AnnotationRule {
    switch subject {
    case .bound(let kind): requirementRule(kind.rawValue)
    case .middlebox: requirementRule("middlebox")
    case .silentDrop: requirementRule("silent-drop")
    case .sysctl: requirementRule("sysctl")
    case .rule(let mistake): mistake.rule.annotationRule
    case .drift(let drift):
      fileRule("drift.\(drift.standing.verdict.rawValue)", "files and kernel do not agree")
    case .unreadFile: fileRule("unread-file", "a file of the boot could not be read")
    }
  }

  /// What is required, whoever requires it: `idle.within`.
  private func requirementRule(_ kind: String) -> AnnotationRule {
    let id = scenario.map { "\($0.rawValue).\(kind)" } ?? kind
    let summary = scenario?.definition.summary ?? "a sysctl that the profile asks for"
    return AnnotationRule(
      id: id, name: id, level: level, summary: summary,
      explanation: "\(summary): \(id) is what the profile requires.",
      remedy: "`\(Tool.name) advise` makes a plan.", source: "\(Tool.name) explain")
  }

  private func fileRule(_ id: String, _ summary: String) -> AnnotationRule {
    AnnotationRule(
      id: id, name: id, level: level, summary: summary,
      explanation: "\(summary): the next boot may not give what holds today.",
      remedy: "`\(Tool.name) files` tells who sets what.", source: "\(Tool.name) files")
  }

  fileprivate var annotation: Annotation {
    if case .rule(let mistake) = subject { return mistake.annotation(level: level) }
    return Annotation(
      rule: annotationRule.id, level: level, location: location, endColumn: location.column + 1,
      message: "\(id): \(wish): \(isUnknown ? "unknown: " : "")\(reason)",
      remedy: remedyTexts.isEmpty
        ? "See explain \(scenario?.rawValue ?? "--list")" : remedyTexts.joined(separator: "; "),
      subject: id, suppression: nil)
  }
}
