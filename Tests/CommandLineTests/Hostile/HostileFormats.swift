/// The ways in which commands print, each with the name of its format and the words that ask for it.
enum HostileFormats {
  typealias Way = (format: String, words: [String])

  static func formats(_ names: String...) -> [Way] {
    names.map { ($0 == "json" ? "json" : $0, ["--format", $0]) }
  }

  private static let page: [Way] = [("html", ["--html", "-"]), ("markdown", ["--markdown"])]
  private static let plain: [Way] = [("text", []), ("json", ["--json"])]

  static let check = formats(
    "text", "json", "tap", "nagios", "prometheus", "junit", "sarif", "github", "gitlab",
    "checkstyle")
  static let fleet = formats("text", "json", "jsonl", "csv", "prometheus", "junit") + page
  static let lint = formats("text", "json", "sarif", "github", "gitlab", "junit", "checkstyle")
  static let report = plain + page
  static let answer = plain
  static let measure = formats("text", "json", "csv") + page
  static let sockets = formats("text", "json", "jsonl", "csv", "prometheus") + page
  static let probe = formats("text", "json", "jsonl", "csv", "prometheus", "nagios")

  /// The names of all of them.
  static let all = Set((check + fleet + lint + measure + sockets + probe).map(\.format))
}
