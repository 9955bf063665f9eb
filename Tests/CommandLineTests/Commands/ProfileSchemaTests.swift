import Foundation
import InputFiles
import ProfileMistakes
import TemporaryFolders
import Testing

/// The schema that editors use says of a profile what the reader says.
@Suite(.enabled(if: Python.canValidate, "no python3 with jsonschema and yaml here"))
struct ProfileSchemaTests {
  /// What the schema says of each document: nil is that it is right.
  private static func complaints(_ documents: [String]) throws -> [String?] {
    let folder = try TemporaryFolder()
    let schema = try folder.write("schema.json", try Run.tool("profiles", "schema").output)
    let input = try JSONSerialization.data(withJSONObject: documents)
    let run = try Python.run("validate", schema, input: String(decoding: input, as: UTF8.self))
    try #require(run.code == 0, "\(run.complaint)")
    let answer = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [Any]
    return try #require(answer).map { $0 as? String }
  }

  private static func isRead(_ yaml: String) -> Bool {
    let source = ProfileSource(file: "profile.yaml", bytes: Array(yaml.utf8))
    do throws(ProfileError) {
      _ = try ProfileReader.profile(from: source)
      return true
    } catch {
      return false
    }
  }

  private static func profile(_ lines: String) -> String { "schema: 1\nname: test\n" + lines }

  @Test func `profile schema: built-in profiles and what their comments show are right`() throws {
    let profiles = BuiltInProfiles.names.compactMap(BuiltInProfiles.bytes).map {
      String(decoding: $0, as: UTF8.self)
    }
    let examples = profiles.flatMap(Self.examples)
    #expect(examples.count >= 2)
    for (text, complaint) in zip(profiles + examples, try Self.complaints(profiles + examples)) {
      #expect(complaint == nil, "\(text)")
    }
  }

  @Test func `profile schema: the stories are right`() throws {
    let stories = try StoryTests.names.map {
      try String(contentsOfFile: try StoryTests.path($0), encoding: .utf8)
    }
    #expect(try Self.complaints(stories).allSatisfy { $0 == nil })
  }

  /// The profiles that stand in comments and leave nothing out.
  private static func examples(in text: String) -> [String] {
    text.components(separatedBy: "#     schema: 1\n").dropFirst().map { rest in
      let lines = rest.components(separatedBy: "\n").prefix { $0.hasPrefix("#     ") }
      return "schema: 1\n" + lines.map { $0.dropFirst(6) }.joined(separator: "\n")
    }.filter { !$0.contains("...") }
  }

  @Test
  func `profile schema: what is wrong by its shape alone is refused, the rest left to the reader`()
    throws
  {
    let mistakes =
      Mistake.names + Mistake.kinds + Mistake.ranges + Mistake.matches + Mistake.contradictions
    let complaints = try Self.complaints(mistakes.map { Self.profile($0.yaml) })
    for (mistake, complaint) in zip(mistakes, complaints) {
      #expect((complaint != nil) == mistake.isOfShape, "\(mistake.yaml)")
    }
  }

  @Test func `profile schema: a wrong head is refused`() throws {
    let documents = Mistake.heads.map { "\($0.0)\nobjectives: {idle: {within: 1h}}" }
    let complaints = try Self.complaints(documents)
    for (document, complaint) in zip(documents, complaints) {
      #expect(complaint != nil, "\(document)")
    }
  }

  @Test func `profile schema: what is no duration is refused`() throws {
    let longer = ["8761h", "99999999999999999999s"]
    let durations = Mistake.durations.map(\.0)
    let documents = durations.map { Self.profile("objectives: { idle: { within: \($0) } }") }
    for (text, complaint) in zip(durations, try Self.complaints(documents)) {
      #expect((complaint == nil) == longer.contains(text), "\(text)")
    }
    let compared = ["20ms..1ms", "1ms..1h"]
    let ranges = Mistake.roundTrips.map(\.0)
    let paths = ranges.map { Self.profile("path: {rtt: \($0)}\nobjectives: {idle: {within: 1h}}") }
    for (text, complaint) in zip(ranges, try Self.complaints(paths)) {
      #expect((complaint == nil) == compared.contains(text), "\(text)")
    }
  }

  /// Profiles with one value exchanged for another: what the reader takes the schema takes too.
  @Test func `profile schema: the schema is never stricter than the reader`() throws {
    let words = [
      "null", "~", "yes", "No", "TRUE", "0", "1", "3", "\"4\"", "+5", "4096", "10s", "1.5 s",
      "1ms..20ms", "text", "\"\"", "[]", "{}", "[1, 2, 3]", "1 2 3", "[10s, 20s]", "2026-11-21",
      "drop", "socket", "SO_KEEPALIVE", "{ within: 3s }", "{ value: 1 }", "aws-nlb", "./x.yaml",
    ]
    let documents = Self.values(in: Mistake.whole).flatMap { place in
      words.map { Mistake.whole.replacingCharacters(in: place, with: $0) }
    }
    let read = documents.filter(Self.isRead)
    #expect(read.count > 300)
    #expect(documents.count - read.count > 1000)
    for (document, complaint) in zip(read, try Self.complaints(read)) where complaint != nil {
      Issue.record("\(complaint ?? ""):\n\(document)")
    }
  }

  /// The places of values that stand between a colon and the end of a line, a comma or a brace.
  private static func values(in text: String) -> [Range<String.Index>] {
    text.matches(of: /: (\[[^\]]*\]|"[^"]*"|[^ {},\[\n][^{},\n]*)/).map(\.output.1).map {
      $0.startIndex..<$0.endIndex
    }
  }

  @Test
  func `profile schema: it is the same each time, and stands in an answer where JSON is asked for`()
    throws
  {
    let first = try Run.tool("profiles", "schema")
    #expect(first.code == 0 && first.complaint == "")
    #expect(try first.otherJSON["$schema"].string == "https://json-schema.org/draft/2020-12/schema")
    #expect(try Run.tool("profiles", "schema").output == first.output)
    let answer = try Run.tool("profiles", "schema", "--json").json
    #expect(answer["command"].string == "profiles schema")
    #expect(answer["schema"]["properties"]["objectives"]["description"].string != nil)
  }
}
