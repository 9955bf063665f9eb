import Advisor
import Foundation
import Reports
import TCPModel
import Testing

/// Formats for other tools, from names and remarks that would break out of each.
struct AnnotationTests {
  private static let hostile = "a\"b'<&>,:%\n::error::x\u{1b}[31m\u{202e}\u{0}é.conf"

  static var run: AnnotationRun {
    let text = """
      net.ipv4.tcp_tw_recycle = 1
      # tcpadvisor: ignore=TA050 "agreed" <&>
      net.ipv4.tcp_fin_timeout = 30
      net.ipv4.tcp_tw_reuse = 1
      net.ipv4.tcp_congestion_control = ]]>\u{7}"'&<
      net.ipv4.tcp_tw_recycle = 1

      """
    let files = ["./sub dir/a.conf", hostile].map {
      LintFile(sysctls: Array(text.utf8), path: $0)
    }
    let kernels = [KernelVersion(6, 18)]
    let clean = LintFile(sysctls: [], path: "clean.conf")
    var found = LintFindings(by: Linter(for: kernels))
    for file in files + [clean] { found.add(LintGroup([file])) }
    let report = LintReport(
      of: found, kernels: kernels,
      troubles: [AnnotationRun.Trouble("gone.conf", "cannot be read: EACCES")])
    return report.annotations
  }

  @Test(arguments: AnnotationFormats.all.map { $0.name })
  func `annotations: the recorded text of each format`(name: String) throws {
    let format = try #require(AnnotationFormats[name])
    try expectSnapshot(format.text(of: Self.run), named: "annotations-\(name).txt")
  }

  private static func json(_ format: String) throws -> Any {
    let text = try #require(AnnotationFormats[format]).text(of: run)
    return try JSONSerialization.jsonObject(with: Data(text.utf8))
  }

  @Test func `annotations: GitHub gets one command in a line, and what was escaped comes back`()
    throws
  {
    let text = try #require(AnnotationFormats["github"]).text(of: Self.run)
    let lines = text.split(whereSeparator: \.isNewline)
    #expect(lines.count == 10)
    for line in lines {
      let parts = line.split(separator: "::", maxSplits: 1, omittingEmptySubsequences: true)
      #expect(parts.count == 2 && line.hasPrefix("::"))
      let command = parts[0].split(separator: " ", maxSplits: 1)
      #expect(["error", "warning", "notice"].contains(command[0]))
      let properties = command[1].split(separator: ",").map {
        $0.split(separator: "=", maxSplits: 1)
      }
      #expect(properties.map { $0[0] } == ["file", "line", "endLine", "col", "endColumn", "title"])
      let file = String(properties[0][1]).removingPercentEncoding
      #expect(file == "sub dir/a.conf" || file == Self.hostile)
    }
  }

  @Test
  func `annotations: GitLab gets fingerprints that are its own, and none of what is silenced`()
    throws
  {
    let issues = try #require(try Self.json("gitlab") as? [[String: Any]])
    #expect(issues.count == 10)
    #expect(Set(issues.compactMap { $0["fingerprint"] as? String }).count == 10)
    #expect(issues.allSatisfy { $0["check_name"] as? String != "TA050" })
  }

  @Test func `annotations: fingerprints stay while lines move`() throws {
    func fingerprints(_ text: String) throws -> [String] {
      let file = LintFile(sysctls: Array(text.utf8), path: "a.conf")
      var found = LintFindings(by: Linter(for: [KernelVersion(6, 18)]))
      found.add(LintGroup([file]))
      let report = LintReport(of: found, kernels: [KernelVersion(6, 18)], troubles: [])
      let text = try #require(AnnotationFormats["gitlab"]).text(of: report.annotations)
      let issues = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]]
      return try #require(issues).compactMap { $0["fingerprint"] as? String }
    }
    let line = "net.ipv4.tcp_tw_reuse = 1\n"
    #expect(try fingerprints(line) == fingerprints("# moved\n\n" + line))
    #expect(try fingerprints(line) != fingerprints("net.ipv4.tcp_fack = 1\n"))
  }

  @Test(arguments: ["junit", "checkstyle"])
  func `annotations: XML is whole, whatever stands in it`(format: String) throws {
    let text = try #require(AnnotationFormats[format]).text(of: Self.run)
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    #expect(!text.contains("]]>"))
  }

  @Test func `annotations: nothing found is an empty report, not none`() throws {
    let run = AnnotationRun(command: "lint", rules: [], files: [], [], troubles: [])
    #expect(try #require(AnnotationFormats["gitlab"]).text(of: run) == "[]")
    #expect(try #require(AnnotationFormats["github"]).text(of: run).isEmpty)
  }
}

struct UnifiedDiffTests {
  private static func diff(_ old: String, _ new: String) -> String {
    UnifiedDiff(of: "f", from: Array(old.utf8), to: Array(new.utf8)).text
  }

  @Test func `diff: nothing for what is the same`() {
    #expect(Self.diff("a\n", "a\n").isEmpty)
    #expect(Self.diff("", "").isEmpty)
  }

  @Test func `diff: changes, insertions and a missing newline`() {
    #expect(
      Self.diff("a\nb\nc\n", "a\nx\ny\nc\n")
        == "--- f\n+++ f\n@@ -1,3 +1,4 @@\n a\n-b\n+x\n+y\n c\n")
    #expect(
      Self.diff("a", "a\n")
        == "--- f\n+++ f\n@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+a\n")
    #expect(Self.diff("", "a\n") == "--- f\n+++ f\n@@ -0,0 +1,1 @@\n+a\n")
  }

  @Test func `diff: changes far from each other stand in hunks of their own`() {
    let lines = (1...30).map { "\($0)\n" }
    var changed = lines
    changed[1] = "x\n"
    changed[20] = "y\n"
    let diff = Self.diff(lines.joined(), changed.joined())
    #expect(
      diff.split(separator: "\n").filter { $0.hasPrefix("@@") }.map(String.init)
        == ["@@ -1,5 +1,5 @@", "@@ -18,7 +18,7 @@"])
  }
}
