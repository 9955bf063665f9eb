/// How to get a file that `extends` names by a path: its path as written, and the file it is in.
package typealias ProfileResolver =
  (String, ProfileSource) throws(ProfileError) -> ProfileSource?

/// Follows `extends`, and lays each file over those that it extends.
struct ExtendsResolver {
  /// Files that one profile may read, so that a bomb of them ends.
  private static let mostFiles = 100
  private var files = 0

  /// What each file says of itself, and no other inherits.
  static let header: Set<String> = ["schema", "name", "summary", "extends"]

  /// Returns the tree of a source with all it inherits; each value keeps the place it was written
  /// at.
  mutating func tree(
    of source: ProfileSource, below chain: [ProfileSource] = [],
    resolving: ProfileResolver
  ) throws(ProfileError) -> Node {
    let own = try Node.document(in: source)
    try Self.checkHeader(of: own)
    guard let extends = own["extends"], !extends.isNull else { return own }
    var base: Node?
    for entry in try extends.items() {
      let parent = try self.source(entry, from: source, resolving: resolving)
      let open = chain + [source]
      if let start = open.firstIndex(where: { $0.file == parent.file }) {
        let circle = (open[start...].map(\.file) + [parent.file]).joined(separator: " → ")
        throw ProfileError("“extends” goes round in a circle: \(circle)", at: entry.mark)
      }
      let inherited = try tree(of: parent, below: open, resolving: resolving)
        .without(Self.header)
      base = base.map { inherited.merged(over: $0) } ?? inherited
    }
    return base.map { own.merged(over: $0) } ?? own
  }

  private mutating func source(
    _ entry: Node, from source: ProfileSource, resolving: ProfileResolver
  ) throws(ProfileError) -> ProfileSource {
    files += 1
    guard files <= Self.mostFiles else {
      throw ProfileError("“extends” reads more than \(Self.mostFiles) files", at: entry.mark)
    }
    let name = try entry.text()
    do throws(ProfileError) {
      guard ProfileSource.isPath(name) else { return try BuiltInProfiles.source(of: name) }
      if let found = try resolving(name, source) { return found }
      throw ProfileError("there is no file \(quoted(name))")
    } catch {
      throw error.placed(at: entry.mark)
    }
  }

  private static func checkHeader(of root: Node) throws(ProfileError) {
    let fields = try FieldReader(root, of: "a profile", known: ProfileFormat.profile)
    let schema = try fields.required("schema")
    guard case .scalar("1", _) = schema.content else {
      throw ProfileError(
        "schema \(schema.kind) is not known; this version reads schema 1", at: schema.mark)
    }
    _ = try fields.required("name").name()
    _ = try fields.text("summary")
  }
}

extension ProfileSource {
  /// Returns whether an entry of `extends` names a file rather than a built-in profile.
  package static func isPath(_ name: String) -> Bool {
    name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml")
  }
}
