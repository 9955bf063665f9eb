import Foundation

/// What `CHANGELOG.md` names, version by version.
struct Changelog {
  /// Entries by version, such as `Unreleased`, and by heading, such as `Added`.
  private var entries: [String: [String: [String]]] = [:]

  static let unreleased = "Unreleased"

  init(parsing text: String) {
    var (version, heading) = ("", "")
    for line in text.split(separator: "\n") {
      if line.hasPrefix("## ") {
        // A day may stand behind the version.
        version = line.split(separator: " ").dropFirst().first.map(String.init) ?? ""
        heading = ""
        entries[version] = entries[version] ?? [:]
      } else if line.hasPrefix("### ") {
        heading = line.dropFirst(4).trimmingCharacters(in: .whitespaces)
      } else if line.hasPrefix("- ") {
        entries[version, default: [:]][heading, default: []].append(String(line))
      } else if let last = entries[version]?[heading]?.indices.last {
        entries[version]?[heading]?[last] += "\n\(line)"
      }
    }
  }

  static func ofPackage() throws -> Changelog {
    Changelog(
      parsing: try String(contentsOfFile: "\(Machine.package)/CHANGELOG.md", encoding: .utf8))
  }

  /// The changes of which a version has no line that names them.
  func unnamed(_ changes: [PromiseChange], in version: String) -> [PromiseChange] {
    let names = (entries[version] ?? [:]).mapValues { Set($0.flatMap(Self.names)) }
    return changes.filter { change in
      !change.kind.headings.contains { heading in
        change.subjects.contains { names[heading]?.contains($0) ?? false }
      }
    }
  }

  /// Why a release of a version cannot be recorded yet; nil if it can.
  func refusal(toRecord version: String) -> String? {
    let waiting = (entries[Self.unreleased] ?? [:]).values.joined().count
    guard waiting == 0 else {
      return "CHANGELOG.md: \(waiting) entries stand under “## \(Self.unreleased)”; "
        + "move them under “## \(version)”"
    }
    return entries[version] == nil
      ? "CHANGELOG.md: there is no “## \(version)”, the version of Sources/Reports/Version.swift"
      : nil
  }

  /// What stands in backquotes, whole and word by word: `--format junit|tap` names `--format`, `junit`
  /// and `tap`.
  private static func names(in entry: String) -> [String] {
    entry.matches(of: /`([^`]+)`/).flatMap { match in
      [String(match.1)]
        + match.1.split { $0.isWhitespace || "|=,[]".contains($0) }.map(String.init)
    }
  }
}
