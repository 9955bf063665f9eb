import Testing

/// The comparison with the last release can fail, and fails where it should.
struct PromiseComparisonTests {
  private static let released = [Promise("a", "1"), Promise("b", "one\ntwo"), Promise("c", "3")]

  private static func changelog(_ lines: String) -> Changelog {
    Changelog(parsing: "# Changelog\n\n## Unreleased\n\n\(lines)\n## 1.0.0 - 2030-01-01\n")
  }

  @Test func `promises: additions, alterations and removals are told apart`() {
    let now = [Promise("a", "1"), Promise("b", "one\nother"), Promise("d", "4")]
    let changes = now.changes(since: Self.released)
    #expect(changes.map(\.kind) == [.alteration, .addition, .removal])
    #expect(changes.map(\.subjects) == [["b"], ["d"], ["c"]])
    #expect(changes.first?.description == "b: line 2 was “two” and is “other”")
    #expect(Self.released.changes(since: Self.released).isEmpty)
    #expect(Array(Self.released.reversed()).changes(since: Self.released).isEmpty)
  }

  @Test(arguments: [
    ("### Added\n- `check --format junit|tap` for pipelines.", true, false),
    ("### Added\n- Formats\n  for pipelines: `junit`.", true, false),
    ("### Changed\n- `--format=junit` prints more.", false, true),
    ("### Removed\n- `junit`.", false, true),
    ("### Fixed\n- `junit` is written.", false, false),
    ("### Added\n- junit, without marks; `junits`.", false, false),
    ("", false, false),
  ])
  func `promises: the changelog names a change under its heading`(
    lines: String, isAddition: Bool, isAlteration: Bool
  ) {
    let log = Self.changelog(lines)
    for kind in [PromiseChange.Kind.addition, .alteration, .removal] {
      let change = PromiseChange(kind: kind, subjects: ["junit"], description: "")
      let isNamed = log.unnamed([change], in: Changelog.unreleased).isEmpty
      #expect(isNamed == (kind == .addition ? isAddition : isAlteration), "\(kind)")
      #expect(!log.unnamed([change], in: "1.0.0").isEmpty)
      #expect(!log.unnamed([change], in: "2.0.0").isEmpty)
    }
  }

  @Test func `promises: a release is recorded once its lines have moved`() {
    let waiting = Self.changelog("### Added\n- `a`\n- `b`\n\n### Fixed\n- `c`\n")
    #expect(
      waiting.refusal(toRecord: "1.0.0")
        == "CHANGELOG.md: 3 entries stand under “## Unreleased”; move them under “## 1.0.0”")
    #expect(Self.changelog("").refusal(toRecord: "1.0.0") == nil)
    #expect(
      Self.changelog("### Added\n").refusal(toRecord: "1.1.0")
        == "CHANGELOG.md: there is no “## 1.1.0”, the version of Sources/Reports/Version.swift")
  }

  @Test func `promises: files of the record are read as they are written`() {
    let texts = [Promise("sysctl a.conf", "one\n\n== two\n"), Promise("sysctl b", "")]
    #expect(PromiseText.texts.promises(in: PromiseText.texts.text(of: texts)) == texts)
    let lines = [Promise("check --x=y", "value: default 1"), Promise("check", "")]
    #expect(PromiseText.lines.promises(in: PromiseText.lines.text(of: lines)) == lines)
  }
}
