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

  init(
    rule: String, level: Level, location: FileLocation, endColumn: Int, message: String,
    remedy: String, subject: String, suppression: LintFinding.Suppression?
  ) {
    (self.rule, self.level, self.endColumn) = (rule, level, endColumn)
    self.location = FileLocation(
      file: location.file.belowHere, line: location.line, column: location.column)
    (self.message, self.remedy, self.subject) = (message, remedy, subject)
    self.suppression = suppression
  }
}

extension String {
  /// A path below the directory that a report is made in, as tools write it there: without `./`.
  fileprivate var belowHere: String {
    var path = self[...]
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
  /// A file that could not be read, or not all of it, and why.
  package struct Trouble: Sendable {
    package let file, reason: String
    /// From 1; nil where no place in it is meant.
    package let line, column: Int?

    package init(_ file: String, _ reason: String, line: Int? = nil, column: Int? = nil) {
      (self.file, self.reason, self.line, self.column) = (file, reason, line, column)
    }

    /// `FILE:LINE:COLUMN`, as far as it is known.
    package var place: String {
      [file, line.map(String.init), column.map(String.init)].compactMap(\.self)
        .joined(separator: ":")
    }

    /// The same, as reports name files.
    fileprivate var belowHere: Self {
      Self(file.belowHere, reason, line: line, column: column)
    }
  }

  /// The subcommand that has found them.
  package let command: String
  package let rules: [AnnotationRule]
  package let files: [String]
  package let annotations: [Annotation]
  /// What could not be read.
  package let troubles: [Trouble]
  /// What is left out on purpose, which no answer lacks.
  package let omissions: [Trouble]

  package init(
    command: String, rules: [AnnotationRule], files: [String], _ annotations: [Annotation],
    troubles: [Trouble], omissions: [Trouble] = []
  ) {
    (self.command, self.rules, self.files) = (command, rules, files.map(\.belowHere))
    self.annotations = annotations
    (self.troubles, self.omissions) = (troubles.map(\.belowHere), omissions.map(\.belowHere))
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
