import Advisor
import TCPModel

/// GitLab's Code Quality report: one array, in the form of CodeClimate.
enum GitLabCodeQuality: AnnotationFormat {
  static let name = "gitlab"

  static func text(of run: AnnotationRun) -> String {
    let annotations = run.counting
    return JSON.array(
      zip(annotations, annotations.fingerprints).map { annotation, fingerprint in
        [
          "description": .string("\(annotation.message). \(annotation.remedy)".printableLine),
          "check_name": .string(annotation.rule), "fingerprint": .string(fingerprint),
          "severity": .string(severity(of: annotation.level)),
          "location": [
            "path": .string(annotation.location.file),
            "lines": ["begin": .integer(annotation.location.line)],
          ],
        ]
      }
    ).text
  }

  private static func severity(of level: Annotation.Level) -> String {
    switch level {
    case .error: "major"
    case .warning: "minor"
    case .note: "info"
    }
  }
}
