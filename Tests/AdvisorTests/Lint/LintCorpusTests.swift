import Advisor
import Foundation
import TCPModel
import Testing

/// Files as they are copied around, in own words; beside each the findings that it is to have.
struct LintCorpusTests {
  private static let folder = Bundle.module.path(
    forResource: "Lint", ofType: nil, inDirectory: "Fixtures")
  static let names =
    (try? FileManager.default.contentsOfDirectory(atPath: folder ?? ""))?
    .filter { $0.hasSuffix(".conf") }.sorted() ?? []

  @Test(arguments: names)
  func `lint: a file of the corpus has the findings that stand beside it`(name: String) throws {
    let path = try #require(Self.folder) + "/\(name)"
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    let findings = Linter(for: [KernelVersion(6, 18)])
      .findings(in: LintGroup([LintFile(sysctls: bytes, path: name)]))
    let found = findings.map { finding in
      "\(finding.location.line) \(finding.suppression == nil ? "" : "silenced ")"
        + "\(finding.severity.rawValue) \(finding.rule.id) \(finding.rule.slug)"
    }
    let expected = try String(contentsOfFile: "\(path).findings", encoding: .utf8)
      .split(separator: "\n").map(String.init)
    #expect(found == expected)
  }

  @Test func `lint: the corpus is there`() { #expect(Self.names.count >= 8) }
}
