import Advisor
import TCPModel

/// Workflow commands that GitHub shows beside the lines of a change.
enum GitHubAnnotations: AnnotationFormat {
  static let name = "github"

  static func text(of run: AnnotationRun) -> String {
    run.counting.map { annotation in
      let place = [
        ("file", annotation.location.file), ("line", "\(annotation.location.line)"),
        ("endLine", "\(annotation.location.line)"), ("col", "\(annotation.location.column)"),
        ("endColumn", "\(annotation.endColumn)"), ("title", annotation.rule),
      ].map { "\($0)=\(property($1))" }.joined(separator: ",")
      let message = "\(annotation.message). \(annotation.remedy)"
      return "::\(command(of: annotation.level)) \(place)::\(data(message))\n"
    }.joined()
  }

  private static func command(of level: Annotation.Level) -> String {
    switch level {
    case .error: "error"
    case .warning: "warning"
    case .note: "notice"
    }
  }

  /// As @actions/core escapes what follows the second `::`.
  private static func data(_ text: String) -> String {
    text.replacingScalars(["%": "%25", "\r": "%0D", "\n": "%0A"])
  }

  private static func property(_ text: String) -> String {
    text.replacingScalars(["%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"])
  }
}
