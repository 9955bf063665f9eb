import Advisor
import TCPModel

/// SARIF 2.1.0, with what GitHub's code scanning wants beyond the standard.
enum SARIF: AnnotationFormat {
  static let name = "sarif"

  private static let schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
  /// What GitHub shows of a description at most.
  private static let mostLetters = 1024

  static func text(of run: AnnotationRun) -> String {
    let report: JSON = ["$schema": .string(schema), "version": "2.1.0", "runs": [json(of: run)]]
    return report.text
  }

  private static func json(of run: AnnotationRun) -> JSON {
    let driver: JSON = [
      "name": .string(Tool.name), "version": .string(Tool.version),
      "rules": .array(run.rules.map(json)),
    ]
    let indices = Dictionary(run.rules.enumerated().map { ($1.id, $0) }) { first, _ in first }
    let results = zip(run.annotations, run.annotations.fingerprints).map {
      annotation, fingerprint in
      json(of: annotation, fingerprint, index: indices[annotation.rule] ?? -1)
    }
    return [
      "tool": ["driver": driver], "columnKind": "unicodeCodePoints",
      "automationDetails": ["id": .string("\(Tool.name)/\(run.command)/")],
      "invocations": [
        [
          "executionSuccessful": .bool(run.troubles.isEmpty),
          "toolExecutionNotifications": .array(
            run.troubles.map { json(of: $0, level: .error) }
              + run.omissions.map { json(of: $0, level: .note) }),
        ]
      ],
      "results": .array(results),
    ]
  }

  private static func json(of rule: AnnotationRule) -> JSON {
    [
      "id": .string(rule.id), "name": .string(rule.name),
      "shortDescription": text(rule.summary), "fullDescription": text(rule.explanation),
      "help": text("\(rule.explanation) \(rule.remedy) Source: \(rule.source)."),
      "defaultConfiguration": ["level": .string(rule.level.rawValue)],
    ]
  }

  private static func json(
    of annotation: Annotation, _ fingerprint: String, index: Int
  ) -> JSON {
    let region: JSON = [
      "startLine": .integer(annotation.location.line),
      "startColumn": .integer(annotation.location.column),
      "endColumn": .integer(max(annotation.endColumn, annotation.location.column)),
    ]
    let artifact: JSON = ["uri": .string(uri(annotation.location.file))]
    let suppressions = annotation.suppression.map { suppression -> JSON in
      [
        "kind": .string(suppression.isInSource ? "inSource" : "external"),
        "justification": .string(suppression.reason),
      ]
    }
    return [
      "ruleId": .string(annotation.rule), "ruleIndex": .integer(index),
      "level": .string(annotation.level.rawValue),
      "message": text("\(annotation.message). \(annotation.remedy)"),
      "locations": [["physicalLocation": ["artifactLocation": artifact, "region": region]]],
      "partialFingerprints": ["ruleKeyFile/v1": .string(fingerprint)],
      "suppressions": .array(suppressions.map { [$0] } ?? []),
    ]
  }

  private static func json(of trouble: AnnotationRun.Trouble, level: Annotation.Level) -> JSON {
    let artifact: JSON = ["uri": .string(uri(trouble.file))]
    var place: [String: JSON] = ["artifactLocation": artifact]
    if let line = trouble.line {
      let column = trouble.column.map { ["startColumn": JSON.integer($0)] } ?? [:]
      place["region"] = .object(column.merging(["startLine": .integer(line)]) { $1 })
    }
    return [
      "level": .string(level.rawValue), "message": text(trouble.reason),
      "locations": [["physicalLocation": .object(place)]],
    ]
  }

  private static func text(_ text: String) -> JSON {
    ["text": .string(String(text.prefix(mostLetters)))]
  }

  /// A path as a URI: what is neither a letter, a digit nor one of `-._~/` is percent-encoded.
  static func uri(_ path: String) -> String {
    let encoded = path.percentEncoded(keeping: "/")
    return encoded.hasPrefix("/") ? "file://\(encoded)" : encoded
  }
}
