import Foundation
import Observations
import TCPModel
import Testing

@testable import Laboratory

/// Files of socket facts, and what is wrong with bad ones.
struct FactFileTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Sources/Laboratory/Facts/Scripts")

  @Test func `facts: the folder Scripts holds what is embedded and nothing else`() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(files.sorted() == FactFile.embedded.map { "\($0.name).facts" }.sorted())
    for (name, text) in FactFile.embedded {
      let file = Self.folder.appendingPathComponent("\(name).facts")
      #expect(try String(contentsOf: file, encoding: .utf8) == text, "\(name) was not built anew")
    }
  }

  @Test func `facts: a statement may have a release, comments and several lines`() throws {
    let text = "# a\n\na.b = x: 0,  y\nc since 5.4 = x: 0,\n# b\n  y z,\n y: E\n"
    let facts = try FactFile(text, named: "f").facts
    #expect(facts.map(\.name) == ["a.b", "c"])
    #expect(facts.map(\.since) == [nil, KernelVersion(5, 4)])
    #expect(facts.map { $0.fact(under: nil).claim } == ["x: 0, y", "x: 0, y z, y: E"])
  }

  @Test func `facts: numbers of a tick that is not known are doubted`() throws {
    let facts = try FactFile("a = set {tick}: {2 ticks}\nb = set 4000: 1\n", named: "f").facts
      .map { $0.fact(under: nil) }
    #expect(facts.map(\.claim) == ["set 4000: 8000", "set 4000: 1"])
    #expect(facts.map(\.doubt) == ["a tick is no whole millisecond", nil])
  }

  @Test(arguments: [
    ("a epoll: 0x14", 1, "a fact is NAME = STEPS; there is no ="),
    ("# a\n  epoll: 0x14", 2, "there is no fact that this line could go on with"),
    ("a = x\n\n= epoll: 0x14", 3, "before = stands NAME or NAME since RELEASE"),
    ("a 5.4 = x", 1, "before = stands NAME or NAME since RELEASE"),
    ("a from 5.4 = x", 1, "before = stands NAME or NAME since RELEASE"),
    ("a since = x", 1, "before = stands NAME or NAME since RELEASE"),
    ("a = x\nb since five = x", 2, "“five” is no release of a kernel"),
    ("a =", 1, "a step is empty"),
    ("a = x,", 1, "a step is empty"),
    ("a = x,\n  , y\n", 1, "a step is empty"),
    ("a = x:", 1, "“x:” is half a step"),
    ("a = x, : 1", 1, "“: 1” is half a step"),
    ("a = set {tock}: 1", 1, "{tock} is no number that depends on the kernel"),
    ("a = set {tick: 1", 1, "{tick: 1 is no number that depends on the kernel"),
    ("a = x\nb = y\na = z", 3, "a is there twice"),
  ])
  func `facts: what is wrong with a file is told with its line`(
    text: String, line: Int, reason: String
  ) {
    let error = #expect(throws: FactFileError.self) { try FactFile(text, named: "bad.facts") }
    #expect(error?.description == "bad.facts:\(line): \(reason)")
  }
}
