import Foundation

/// The schemas of what the tool prints, and that of the profiles that it reads.
enum SchemaRecord {
  private static let folder = "schemas"
  private static let profile = "profile"

  private static func current() throws -> [String: String] {
    let printed = try PublishedSchemas.list.map {
      ($0.name, try PublishedSchemas.text(of: $0.name))
    }
    let read = (profile, try Run.tool("profiles", "schema").output)
    return Dictionary(printed + [read]) { $1 }
  }

  static func changes() throws -> [PromiseChange] {
    let current = try current()
    let released = Set(ReleaseRecord.files(in: folder).map { String($0.dropLast(".json".count)) })
    let names = Set(current.keys)
    let new = names.subtracting(released).map { ($0, PromiseChange.Kind.addition) }
    let gone = released.subtracting(names).map { ($0, PromiseChange.Kind.removal) }
    return (new + gone).map {
      PromiseChange(kind: $1, subjects: [$0], description: "\($1): the schema \($0)")
    }
      + (try names.intersection(released).sorted().flatMap {
        try changes(of: $0, to: current[$0] ?? "")
      })
  }

  private static func changes(of name: String, to text: String) throws -> [PromiseChange] {
    let old = try JSON(parsingOther: ReleaseRecord.text("\(folder)/\(name).json") ?? "")
    let new = try JSON(parsingOther: text)
    let use: SchemaComparison.Use = name == profile ? .read : .printed
    return SchemaComparison(of: name, from: old, to: new, use: use).changes.map { change in
      let hasNewVersion = old["$id"].string != new["$id"].string
      let advice =
        change.breaksReaders && !hasNewVersion
        ? "; readers of the schema break: raise its version in PublishedSchema.all" : ""
      return PromiseChange(
        kind: change.kind, subjects: change.subjects,
        description: "schema \(name), \(change.description)\(advice)",
        breaksReaders: change.breaksReaders && !hasNewVersion)
    }
  }

  static func renew() throws {
    for file in ReleaseRecord.files(in: folder) { try ReleaseRecord.remove("\(folder)/\(file)") }
    for (name, text) in try current() {
      let schema = try JSONSerialization.jsonObject(with: Data(text.utf8))
      try ReleaseRecord.write(
        SchemaText.text(of: SchemaText.withoutProse(schema)) + "\n", to: "\(folder)/\(name).json")
    }
  }
}
