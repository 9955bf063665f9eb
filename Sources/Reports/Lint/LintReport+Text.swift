import Advisor
import TCPModel

extension LintReport {
  /// As compilers report: a line with the place for each finding, below it what helps.
  package func text(_ layout: TextLayout) -> String {
    let counting = findings.filter { $0.suppression == nil }
    // The same advice comes again and again.
    var remedies: [String: String] = [:]
    var text = ""
    for finding in counting {
      let folded =
        remedies[finding.remedy] ?? layout.fold("    \(layout.plain(finding.remedy))", hanging: 4)
      remedies[finding.remedy] = folded
      text += layout.line(of: finding) + folded
    }
    return text + layout.plain(summary) + "\n"
  }

  private var summary: String {
    let silenced = findings.count { $0.suppression != nil }
    let counts = LintRule.Severity.allCases.reversed().compactMap { severity -> String? in
      let count = findings.count { $0.suppression == nil && $0.severity == severity }
      return count == 0 ? nil : count.counted(severity.rawValue)
    }
    return files.count.counted("file") + ": "
      + (counts.isEmpty ? "nothing found" : counts.joined(separator: ", "))
      + (silenced == 0 ? "" : "; \(silenced) silenced") + omission
  }
}

extension LintReport {
  /// What of the files is not judged.
  private var omission: String {
    guard let first = templates.first else { return "" }
    let lines = templates.reduce(0) { $0 + $1.template.lines.count }.counted("line")
    return templates.count == 1
      ? "; \(lines) of \(first.file) left to a template, from line \(first.template.lines[0])"
      : "; \(lines) of \(templates.count) files left to templates"
  }
}

extension TextLayout {
  /// Never folded: editors and people look for the place in it.
  fileprivate func line(of finding: LintFinding) -> String {
    let severity = paint(finding.severity.rawValue, finding.severity.colour)
    let (place, message) = (plain(finding.location.description), plain(finding.message))
    return "\(place): \(severity): \(message) [\(finding.rule.id)]\n"
  }
}

extension LintRule.Severity {
  fileprivate var colour: TextLayout.Colour {
    switch self {
    case .error: .red
    case .warning: .yellow
    case .note: .bold
    }
  }
}
