import Advisor
import Foundation
import InputFiles
import TCPModel
import Testing

/// Files as they are copied around, in own words; beside each the findings that it is to have.
struct LintCorpusTests {
  private static let fixtures = Bundle.module.path(
    forResource: "Fixtures", ofType: nil, inDirectory: nil)
  private static func files(_ folder: String) -> [String] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: "\(fixtures ?? "")/\(folder)")
    return names?.filter { !$0.hasSuffix(".findings") }.sorted() ?? []
  }

  private func expect(
    _ name: String, in folder: String, _ read: ([UInt8]) throws -> LintFile
  ) throws {
    let path = try #require(Self.fixtures) + "/\(folder)/\(name)"
    let file = try read([UInt8](Data(contentsOf: URL(fileURLWithPath: path))))
    let findings = Linter(for: [KernelVersion(6, 18)]).findings(in: LintGroup([file]))
    let found = findings.map { finding in
      "\(finding.location.line) \(finding.suppression == nil ? "" : "silenced ")"
        + "\(finding.severity.rawValue) \(finding.rule.id) \(finding.rule.slug)"
    }
    let expected = try String(contentsOfFile: "\(path).findings", encoding: .utf8)
      .split(separator: "\n").map(String.init)
    #expect(found == expected)
  }

  @Test(arguments: files("Lint"))
  func `lint: a file of the corpus has the findings that stand beside it`(name: String) throws {
    try expect(name, in: "Lint") { LintFile(sysctls: $0, path: name) }
  }

  @Test(arguments: files("LintPrograms"))
  func `lint: a file of a program has the findings that stand beside it`(name: String) throws {
    let format = try #require(try ConfigurationFormat.known().first { $0.names(name) })
    try expect(name, in: "LintPrograms") {
      try LintFile(reading: $0, path: name, as: format)
    }
  }

  @Test func `lint: the corpus is there`() {
    #expect(Self.files("Lint").count >= 8 && Self.files("LintPrograms").count >= 10)
  }
}
