import Testing

/// What a release has promised is kept, or the changelog says what became of it.
@Suite(.serialized) struct PromiseTests {
  /// What the tool calls itself.
  private static func version() throws -> String {
    try #require(try Run.tool("--version").output.split(separator: "\n").first.map(String.init))
  }

  private static func expectNamed(_ changes: [PromiseChange], in version: String) throws {
    let unnamed = try Changelog.ofPackage().unnamed(changes, in: version)
    for change in unnamed.prefix(40) {
      let names = change.subjects.map { "`\($0)`" }.joined(separator: " or ")
      let headings = change.kind.headings.map { "### \($0)" }.joined(separator: " or ")
      Issue.record(
        """
        \(change.description)
        CHANGELOG.md has no line that names \(names) under “\(headings)” of “## \(version)”
        """)
    }
    #expect(unnamed.count <= 40, "and \(unnamed.count - 40) more")
  }

  private static func expectNewVersions(_ changes: [PromiseChange]) {
    for change in changes where change.breaksReaders { Issue.record("\(change.description)") }
  }

  private static func changes() throws -> [PromiseChange] {
    try PromiseKind.all.flatMap { try $0.changes(since: $0.released) } + SchemaRecord.changes()
  }

  @Test(.disabled(if: ReleaseRecord.isRenewed, "the record is renewed"))
  func `promises: the record is that of the last release`() throws {
    let version = try Self.version()
    #expect(
      ReleaseRecord.version == version,
      "Tests/CommandLineTests/Released is of \(ReleaseRecord.version), the tool is \(version): make release-record renews it"
    )
  }

  @Test(
    .disabled(if: ReleaseRecord.isRenewed, "the record is renewed"),
    arguments: PromiseKind.all.indices)
  func `promises: each is kept, or the changelog says what became of it`(index: Int) throws {
    let kind = PromiseKind.all[index]
    try #require(!kind.released.isEmpty, "Released/\(kind.file) is missing")
    try Self.expectNamed(kind.changes(since: kind.released), in: Changelog.unreleased)
  }

  @Test(.disabled(if: ReleaseRecord.isRenewed, "the record is renewed"))
  func `promises: schemas stay what they were, or the changelog says what became of them`() throws {
    let changes = try SchemaRecord.changes()
    try Self.expectNamed(changes, in: Changelog.unreleased)
    Self.expectNewVersions(changes)
  }

  /// Held against the lines of the new version, which were moved there before.
  @Test(.enabled(if: ReleaseRecord.isRenewed, "make release-record"))
  func `promises: a release renews the record`() throws {
    let version = try Self.version()
    let refusal = try Changelog.ofPackage().refusal(toRecord: version)
    try #require(refusal == nil, "\(refusal ?? "")")
    // The first release has nothing to be held against.
    let changes = ReleaseRecord.version.isEmpty ? [] : try Self.changes()
    let unnamed = try Changelog.ofPackage().unnamed(changes, in: version)
    try Self.expectNamed(changes, in: version)
    Self.expectNewVersions(changes)
    try #require(unnamed.isEmpty, "nothing was recorded")
    try ReleaseRecord.renew(as: version)
  }
}
