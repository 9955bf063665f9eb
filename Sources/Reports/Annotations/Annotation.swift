package import Advisor
package import TCPModel

/// A remark on a place in a file, as tools that read reports take it.
package struct Annotation: Sendable {
  package enum Level: String, Sendable { case note, warning, error }

  package let rule: String
  package let level: Level
  package let location: FileLocation
  /// One past the last column of what is meant.
  package let endColumn: Int
  package let message: String
  package let remedy: String
  /// What it is about, beside the rule and the file: the same in every run, wherever the line moves.
  package let subject: String
  package let suppression: LintFinding.Suppression?

  /// A path below the directory that the report is made in, as it is written there.
  var path: String {
    var path = location.file[...]
    while path.hasPrefix("./") { path = path.dropFirst(2) }
    return String(path)
  }
}

/// A rule that annotations follow.
package struct AnnotationRule: Sendable {
  package let id, name: String
  package let level: Annotation.Level
  package let summary, explanation, remedy, source: String
}

/// All that a report of annotations holds.
package struct AnnotationRun: Sendable {
  /// A file that could not be read, and why.
  package struct Trouble: Sendable {
    package let file, reason: String

    package init(_ file: String, _ reason: String) { (self.file, self.reason) = (file, reason) }
  }

  /// The subcommand that has found them.
  package let command: String
  package let rules: [AnnotationRule]
  package let files: [String]
  package let annotations: [Annotation]
  package let troubles: [Trouble]

  package init(
    command: String, rules: [AnnotationRule], files: [String], _ annotations: [Annotation],
    troubles: [Trouble]
  ) {
    (self.command, self.rules, self.files) = (command, rules, files)
    (self.annotations, self.troubles) = (annotations, troubles)
  }

  /// Those that count.
  var counting: [Annotation] { annotations.filter { $0.suppression == nil } }
}

/// A format in which annotations go to other tools.
package protocol AnnotationFormat: Sendable {
  /// The word after `--format`.
  static var name: String { get }
  static func text(of run: AnnotationRun) -> String
}

/// The formats of annotations.
package enum AnnotationFormats {
  package static let all: [any AnnotationFormat.Type] = [
    SARIF.self, GitHubAnnotations.self, GitLabCodeQuality.self, JUnitXML.self, CheckstyleXML.self,
  ]

  /// Returns the format of a name; nil if there is none.
  package static subscript(name: String) -> (any AnnotationFormat.Type)? {
    all.first { $0.name == name }
  }
}
