import Foundation
import Testing

/// Whoever asks for JSON gets JSON, also when the question is wrong.
struct JSONErrorTests {
  /// Each wrong in a way of its own.
  private static let mistakes = [
    "advise nonsense", "advise --budget 0s", "advise --profile", "check --nonsense",
    "check --assume nothing", "emit", "emit nonsense", "emit sysctl --profile nonsense",
    "explain nonsense", "explain connect --rtt", "explain connect --hz x", "measure nonsense",
    "measure json", "measure connect idle json", "measure --grid", "measure --budget x",
    "probe", "probe nonsense:nonsense", "probe --rounds x", "profiles nonsense",
    "profiles show nonsense", "profiles validate", "profiles list nonsense",
    "snapshot nonsense", "snapshot --from", "nonsense", "--nonsense",
  ].map { $0.components(separatedBy: " ") }

  @Test(arguments: mistakes)
  func `JSON errors: wherever --json stands, the error is an object`(words: [String]) throws {
    for position in 0...words.count {
      var arguments = words
      arguments.insert("--json", at: position)
      try expectError(arguments)
    }
  }

  @Test(arguments: [["check"], ["measure"], ["probe"]])
  func `JSON errors: a format that is JSON counts as well`(command: [String]) throws {
    for words in [["--format", "json"], ["--format=json"]] {
      try expectError(command + words + ["--nonsense"])
      try expectError(command + ["--nonsense"] + words)
    }
  }

  @Test(
    arguments: [
      "check --format tap", "fleet . --format csv", "lint . --format sarif", "lint . --fix",
      "measure connect --format csv", "probe 127.0.0.1:1 --format csv", "sockets --format jsonl",
      "advise --markdown", "explain connect --markdown", "explain connect --html -",
    ].map { $0.components(separatedBy: " ") })
  func `JSON errors: JSON excludes every other format`(words: [String]) throws {
    try expectError(words + ["--json"])
  }

  @Test func `JSON errors: a line of JSON is an error on a line`() throws {
    for words in [["--format", "jsonl"], ["--format=jsonl"]] {
      let run = try Run.tool(["probe"] + words + ["nonsense:nonsense"])
      #expect(try run.json.names == ["$schema", "error"])
      #expect(run.output.split(separator: "\n").count == 1)
    }
  }

  private func expectError(_ arguments: [String]) throws {
    let run = try Run.tool(arguments)
    #expect(run.code == 2, "\(arguments)")
    let json = try? run.json
    #expect(json?.names == ["$schema", "error"], "\(arguments): \(run.output)")
    let error = try #require(json?["error"].string)
    #expect(run.complaint == "tcpadvisor: \(error)\n", "\(arguments)")
  }
}
