import TCPModel

/// The name of a file, or the end of its path where it has a slash.
private struct PathPattern {
  private let whole, behind: Glob
  /// What stands behind its last wildcard, which tells most paths apart at once.
  private let tail: String

  init(_ pattern: String) {
    // Where a path begins does not matter.
    (whole, behind) = (Glob(pattern), Glob("*/\(pattern)"))
    tail = String(pattern.split(separator: "*", omittingEmptySubsequences: false).last ?? "")
  }

  func matches(_ path: String) -> Bool {
    path.hasSuffix(tail) && (whole.matches(path) || behind.matches(path))
  }
}

/// How the files of a program are written, and whose settings stand in them.
package struct ConfigurationFormat: Sendable {
  /// How settings are told apart.
  package enum Syntax: String, CaseIterable, Sendable {
    /// A name and its value on a line, in sections with brackets.
    case assignments
    /// Words of a line.
    case lines
    /// Words up to a semicolon, in blocks with braces.
    case blocks
    /// The parameters of URLs, whatever is around them.
    case urls
    /// Terms of Erlang.
    case terms
    /// YAML and JSON.
    case tree

    /// Whether names stand in each other.
    var nests: Bool { self == .terms || self == .tree }
  }

  /// Units of time that programs read after a number; the same word is the same time everywhere.
  package enum Suffix: String, CaseIterable, Sendable {
    case us, ms, milliseconds, s, sec, second, seconds, m, min, minute, minutes, h, hr, hour, hours
    case d, day, days, w

    var microseconds: Int {
      switch self {
      case .us: 1
      case .ms, .milliseconds: 1000
      case .s, .sec, .second, .seconds: 1_000_000
      case .m, .min, .minute, .minutes: 60_000_000
      case .h, .hr, .hour, .hours: 3_600_000_000
      case .d, .day, .days: 86_400_000_000
      case .w: 604_800_000_000
      }
    }
  }

  package let name: String
  package let programs: [KnownProgram]
  package let syntax: Syntax
  /// The units that may follow a time; none where it is a number alone.
  package let suffixes: [Suffix]
  /// What a number alone counts, where that is not what the knob counts.
  package var bare: Suffix?
  /// What stands between the parts of a value that holds several.
  package var separator: Character?
  /// The words that begin a section where nothing else does.
  package var sections: Set<String> = []
  /// The section whose settings hold in those below it.
  package var inherited: String?
  package var ignoresCase = false
  /// Whether `a-b` is the same name as `a_b`.
  package var equatesDashes = false
  /// What begins a remark.
  package var comments = ["#"]
  /// The programs whose URLs begin with a scheme.
  package var schemes: [String: String] = [:]
  /// How socket options are named by their numbers; nil if they are not.
  package var raw: RawOptions?
  /// Settings that are none of the knobs and look like one.
  package var others: [String] = []
  private let patterns: [PathPattern]

  package init(
    _ name: String, names: [String], programs: [KnownProgram], syntax: Syntax, suffixes: [Suffix]
  ) {
    (self.name, self.programs, self.syntax) = (name, programs, syntax)
    self.suffixes = suffixes
    patterns = names.map(PathPattern.init)
  }

  /// Returns whether files of a path are of this format.
  package func names(_ path: String) -> Bool { patterns.contains { $0.matches(path) } }

  /// Returns a name as it is compared with others.
  func plain(_ name: some StringProtocol) -> String {
    let text = name.drop { $0 == "-" || $0 == "." }
    let letters = ignoresCase ? text.lowercased() : String(text)
    return equatesDashes ? String(letters.map { $0 == "-" ? "_" : $0 }) : letters
  }
}
