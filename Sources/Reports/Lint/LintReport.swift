package import Advisor
package import TCPModel

/// What `lint` has found, in which files, for which kernels.
package struct LintReport: Sendable {
  package let files: [String]
  package let findings: [LintFinding]
  package let kernels: [KernelVersion]
  /// What could not be read.
  package let troubles: [AnnotationRun.Trouble]
  /// Of each file that a template engine fills in, by its path.
  let templates: [(file: String, template: LintTemplate)]

  package init(
    of found: LintFindings, kernels: [KernelVersion], troubles: [AnnotationRun.Trouble]
  ) {
    (files, findings, templates) = (found.files, found.all, found.templates)
    (self.kernels, self.troubles) = (kernels, troubles)
  }

  /// The same for formats of other tools.
  package var annotations: AnnotationRun {
    AnnotationRun(
      command: "lint", rules: LintRule.all.map(\.annotationRule), files: files,
      findings.map(\.annotation), troubles: troubles,
      omissions: templates.map { file, template in
        AnnotationRun.Trouble(
          file, "\(template.lines.count.counted("line")) left to a template, and not judged",
          line: template.lines.first)
      })
  }
}

extension LintRule {
  var annotationRule: AnnotationRule {
    AnnotationRule(
      id: id, name: slug, level: severity.level, summary: summary, explanation: why, remedy: remedy,
      source: source)
  }

  /// What it is about, in words of its name.
  package var summary: String {
    let words = slug.split(separator: "-").joined(separator: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }
}

extension LintRule.Severity {
  fileprivate var level: Annotation.Level {
    switch self {
    case .note: .note
    case .warning: .warning
    case .error: .error
    }
  }
}

extension LintFinding {
  fileprivate var annotation: Annotation { annotation(level: severity.level) }

  /// Returns the remark on its place, at another level where the file may not matter.
  func annotation(level: Annotation.Level) -> Annotation {
    Annotation(
      rule: rule.id, level: level, location: location, endColumn: endColumn,
      message: message, remedy: remedy, subject: key ?? message, suppression: suppression)
  }
}
