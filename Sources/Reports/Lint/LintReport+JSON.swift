import Advisor
import TCPModel

extension LintReport {
  package var json: JSON {
    [
      "kernels": .array(kernels.map { .string($0.release) }),
      "files": .array(files.map(JSON.string)), "findings": .array(findings.map(\.json)),
      "unread": .array(
        troubles.map {
          [
            "file": .string($0.file), "line": $0.line.map(JSON.integer) ?? .null,
            "column": $0.column.map(JSON.integer) ?? .null, "reason": .string($0.reason),
          ]
        }),
      "templates": .array(
        templates.map { file, template in
          ["file": .string(file), "lines": .array(template.lines.map { .integer($0) })]
        }),
    ]
  }
}

extension LintFinding {
  fileprivate var json: JSON {
    [
      "id": .string(rule.id), "rule": .string(rule.slug), "severity": .string(severity.rawValue),
      "file": .string(location.file), "line": .integer(location.line),
      "column": .integer(location.column), "end_column": .integer(endColumn), "key": .text(key),
      "message": .string(message), "since": .text(since), "source": .string(rule.source),
      "remedy": .string(remedy), "fixable": .bool(fix != nil),
      "suppressed": .bool(suppression != nil), "suppressed_because": .text(suppression?.reason),
    ]
  }
}

extension LintRule {
  package var json: JSON {
    [
      "id": .string(id), "rule": .string(slug), "severity": .string(severity.rawValue),
      "why": .string(why), "since": .text(since), "source": .string(source),
      "remedy": .string(remedy), "fixable": .bool(isFixable),
    ]
  }
}
