@testable import Advisor
import InputFiles
import TCPModel

/// Text in which a rule finds something, and text in which it finds nothing.
struct LintExample: Sendable {
  let id: String
  let found, clean: [String]
  var path = "60-example.conf"
  var cleanPath: String?
  var kernel = KernelVersion(6, 18)
  /// Whether the text is of a pod, in which each line is a setting.
  var target = LintAssignment.Target.host
  var origin = LintAssignment.Origin()
  var isHost = false
  /// The format whose file it is, and the release of a program; nil for a file with sysctls.
  var program: ConfigurationFormat?
  var release: (program: String, ProgramRelease)?

  init(_ id: String, _ found: String..., clean: String...) {
    (self.id, self.found, self.clean) = (id, found, clean)
  }

  func at(_ path: String, clean: String? = nil) -> Self {
    var example = self
    (example.path, example.cleanPath) = (path, clean)
    return example
  }

  /// Returns the same for the file of a program.
  func of(_ format: String, _ release: String? = nil, for program: String? = nil) -> Self {
    var example = self
    example.program = Self.formats.first { $0.name == format }
    example.release = release.flatMap { ProgramRelease($0) }.map { (program ?? format, $0) }
    return example
  }

  static let formats = (try? ConfigurationFormat.known()) ?? []

  func on(_ major: Int, _ minor: Int) -> Self {
    var example = self
    example.kernel = KernelVersion(major, minor)
    return example
  }

  func of(
    _ target: LintAssignment.Target, _ change: (inout LintAssignment.Origin) -> Void = { _ in }
  ) -> Self {
    var example = self
    example.target = target
    change(&example.origin)
    return example
  }

  /// Returns the ids of the rules that find something, in order.
  func ids(in text: String, at path: String) throws -> [String] {
    if let program {
      let file = try LintFile(reading: Array(text.utf8), path: path, as: program)
      let releases = release.map { [$0.program: $0.1] } ?? [:]
      return Linter(for: [kernel], releases: releases).findings(in: LintGroup([file]))
        .map(\.rule.id)
    }
    let file =
      target == .host
      ? LintFile(sysctls: Array(text.utf8), path: path)
      : LintFile(other: Array(text.utf8), path: path, assignments(in: text))
    return Linter(for: [kernel]).findings(in: LintGroup([file])).filter { $0.suppression == nil }
      .map(\.rule.id)
  }

  private func assignments(in text: String) -> [LintAssignment] {
    text.split(separator: "\n").enumerated().map { index, line in
      let parts = line.split(separator: "=")
      return LintAssignment(
        String(parts[0]), String(parts[1]), at: LintPlace(line: index + 1), for: target,
        origin: origin)
    }
  }
}
