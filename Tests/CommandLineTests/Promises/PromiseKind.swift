import Foundation

/// A kind of what a release promises: a file of the record, and how the tool is asked for it today.
struct PromiseKind: Sendable {
  /// Its name in `Released`.
  let file: String
  var form = PromiseText.lines
  /// How the changelog may call what has a name in the file.
  var subjects: @Sendable (String) -> [String] = { [$0] }
  /// - Parameter released: what the last release promised.
  let now: @Sendable (_ released: [Promise]) throws -> [Promise]

  static let all = [commands, exitCodes, names, rules, findings] + emitted

  /// Each alone, or, where more than half are different for one reason, all by one name.
  func changes(since released: [Promise]) throws -> [PromiseChange] {
    let changes = try now(released).changes(since: released, as: subjects)
    guard file.hasPrefix("emitted"), changes.count > released.count / 2 else { return changes }
    return changes.map {
      PromiseChange(kind: $0.kind, subjects: $0.subjects + ["emit"], description: $0.description)
    }
  }

  /// The last release's; none where there is no file yet.
  var released: [Promise] { form.promises(in: ReleaseRecord.text(file) ?? "") }
}

extension PromiseKind {
  /// Cases are those of the record: a new one is a line that is written there by hand.
  private static let exitCodes = PromiseKind(
    file: "exit-codes.txt", subjects: { Array($0.components(separatedBy: " ").prefix(1)) }
  ) { released in
    try released.map { promise in
      let words = promise.name.components(separatedBy: " ").map {
        $0 == "STOCK" ? Machine.stock : $0
      }
      return Promise(promise.name, "\(try Run.tool(words).code)")
    }
  }

  /// What is asked for by name: scenarios, sysctls, profiles, programs.
  private static let names = PromiseKind(
    file: "names.txt", subjects: { Array($0.components(separatedBy: " ").suffix(1)) }
  ) { _ in
    let topics = try Run.tool("explain", "--list", "--json").json
    let kinds = [
      ("scenario", topics["scenarios"]), ("outcome", topics["outcomes"]),
      ("sysctl", topics["sysctls"]), ("option", topics["options"]),
      ("profile", try Run.tool("profiles", "list", "--json").json["profiles"]),
      ("program", try Run.tool("profiles", "software", "--json").json["software"]),
    ]
    return kinds.flatMap { kind, list in
      list.array.map { Promise("\(kind) \($0["name"].string ?? "")", "there") }
    }
  }

  private static let rules = PromiseKind(file: "rules.txt") { _ in
    try Run.tool("lint", "--rules", "--json").json["rules"].array.map { rule in
      let isFixed = rule["fixable"].bool == true
      return Promise(
        rule["id"].string ?? "",
        "\(rule["rule"].string ?? ""), \(rule["severity"].string ?? "")\(isFixed ? ", --fix" : "")")
    }
  }

  /// The ids of what each built-in profile asks of a host.
  private static let findings = PromiseKind(
    file: "findings.txt", subjects: { $0.components(separatedBy: " ") }
  ) { _ in
    let profiles = try Run.tool("profiles", "list", "--json").json["profiles"].array
    return try profiles.compactMap { $0["name"].string }.filter { $0 != "base" }.flatMap {
      profile in
      let run = try Run.tool(
        "check", "--profile", profile, "--from", Machine.stock, "--json")
      return try run.json["findings"].array.map {
        Promise(
          "\(profile) \($0["id"].string ?? "")",
          "\($0["wanted"].string ?? ""), \($0["severity"].string ?? "")")
      }
    }
  }
}
