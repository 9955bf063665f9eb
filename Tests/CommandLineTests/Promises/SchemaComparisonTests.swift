import Testing

/// Schemas are compared by what they mean for those who use them.
struct SchemaComparisonTests {
  /// A change of the schema `{"a": old}` to `{"a": new}`, in words of the test.
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let old, new: String
    var printed: [String] = []
    var read: [String] = []
    var breaks = false
  }

  private static let cases = [
    Case(testDescription: "nothing", old: #"{"type": "string"}"#, new: #"{"type": "string"}"#),
    Case(
      testDescription: "other words about it", old: #"{"type": "string", "description": "one"}"#,
      new: #"{"description": "other", "title": "t", "type": "string"}"#),
    Case(
      testDescription: "another type", old: #"{"type": "string"}"#, new: #"{"type": "integer"}"#,
      printed: ["alteration a"], read: ["alteration a"], breaks: true),
    Case(
      testDescription: "may be null", old: #"{"type": "string"}"#,
      new: #"{"type": ["string", "null"]}"#, printed: ["alteration a"], read: ["addition a"],
      breaks: true),
    Case(
      testDescription: "the order of words", old: #"{"enum": ["x", "y"]}"#,
      new: #"{"enum": ["y", "x"]}"#),
    Case(
      testDescription: "a new word", old: #"{"enum": ["x"]}"#, new: #"{"enum": ["x", "y"]}"#,
      printed: ["alteration a y"], read: ["addition a y"]),
    Case(
      testDescription: "a word less", old: #"{"enum": ["x", "y"]}"#, new: #"{"enum": ["x"]}"#,
      printed: ["removal a y"], read: ["removal a y"]),
    Case(
      testDescription: "a range", old: #"{"type": "integer", "maximum": 5}"#,
      new: #"{"type": "integer", "maximum": 9}"#, printed: ["alteration a"],
      read: ["alteration a"]),
    Case(
      testDescription: "a field more", old: #"{"properties": {}}"#,
      new: #"{"properties": {"net.b": {}}}"#, printed: ["addition net.b b"],
      read: ["addition net.b b"]),
    Case(
      testDescription: "a field more that has to be there", old: #"{"properties": {}}"#,
      new: #"{"properties": {"b": {}}, "required": ["b"]}"#, printed: ["addition b"],
      read: ["alteration b"]),
    Case(
      testDescription: "a field less", old: #"{"properties": {"b": {}, "c": {}}}"#,
      new: #"{"properties": {"c": {}}}"#, printed: ["removal b"], read: ["removal b"],
      breaks: true),
    Case(
      testDescription: "a field that may be missing now",
      old: #"{"properties": {"b": {}}, "required": ["b"]}"#, new: #"{"properties": {"b": {}}}"#,
      printed: ["alteration b"], read: ["addition b"], breaks: true),
    Case(
      testDescription: "in elements", old: #"{"items": {"type": "string"}}"#,
      new: #"{"items": {"type": "integer"}}"#, printed: ["alteration a"], read: ["alteration a"],
      breaks: true),
    Case(
      testDescription: "closed to other fields", old: #"{"additionalProperties": {}}"#,
      new: #"{"additionalProperties": false}"#, printed: ["alteration a"],
      read: ["alteration a"]),
    Case(
      testDescription: "in what is referred to", old: ##"{"$ref": "#/$defs/one"}"##,
      new: ##"{"$ref": "#/$defs/other"}"##, printed: ["alteration d"], read: ["alteration d"],
      breaks: true),
    Case(
      testDescription: "written where it stands", old: ##"{"$ref": "#/$defs/one"}"##,
      new: #"{"properties": {"d": {"type": "string"}}}"#),
    Case(
      testDescription: "the order of forms",
      old: #"{"anyOf": [{"type": "string"}, {"enum": [1]}]}"#,
      new: #"{"anyOf": [{"enum": [1]}, {"type": "string"}]}"#),
    Case(
      testDescription: "a form more", old: #"{"type": "string"}"#,
      new: #"{"anyOf": [{"enum": [1]}, {"type": "string"}]}"#, printed: ["alteration a"],
      read: ["addition a"]),
    Case(
      testDescription: "a form less", old: #"{"anyOf": [{"enum": [1]}, {"type": "string"}]}"#,
      new: #"{"type": "string"}"#, printed: ["removal a"], read: ["removal a"], breaks: true),
    Case(
      testDescription: "within a form",
      old: #"{"anyOf": [{"type": "null"}, {"properties": {"b": {"type": "string"}}}]}"#,
      new: #"{"anyOf": [{"properties": {"b": {"type": "number"}}}, {"type": "null"}]}"#,
      printed: ["alteration b"], read: ["alteration b"], breaks: true),
  ]

  private static func changes(
    _ example: Case, _ use: SchemaComparison.Use
  ) throws -> [PromiseChange] {
    func schema(_ field: String) throws -> JSON {
      try JSON(
        parsingOther: """
          {"properties": {"a": \(field)}, "$defs": {"one": {"properties": {"d": {"type": "string"}}},
          "other": {"properties": {"d": {"type": "number"}}}}}
          """)
    }
    return SchemaComparison(
      of: "s", from: try schema(example.old), to: try schema(example.new), use: use
    ).changes
  }

  private static func words(_ changes: [PromiseChange]) -> [String] {
    changes.map { change in
      let names = change.subjects.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
      return "\(change.kind) \(names.joined(separator: " "))"
    }
  }

  @Test(arguments: cases) func `schemas: what changed is told`(example: Case) throws {
    let printed = try Self.changes(example, .printed)
    #expect(Self.words(printed) == example.printed)
    #expect(printed.contains(where: \.breaksReaders) == example.breaks)
    let read = try Self.changes(example, .read)
    #expect(Self.words(read) == example.read)
    #expect(read.filter(\.breaksReaders).isEmpty)
  }

  @Test func `schemas: another form of a whole answer breaks nobody`() throws {
    let old = try JSON(parsingOther: #"{"properties": {"a": {}}}"#)
    let new = try JSON(parsingOther: #"{"anyOf": [{"properties": {"a": {}}}, {"type": "null"}]}"#)
    let changes = SchemaComparison(of: "s", from: old, to: new, use: .printed).changes
    #expect(Self.words(changes) == ["addition s"])
  }

  @Test func `schemas: definitions that refer to themselves end`() throws {
    func schema(_ type: String) throws -> JSON {
      try JSON(
        parsingOther: """
          {"properties": {"a": {"$ref": "#/$defs/tree"}}, "$defs": {"tree": {"properties": {
          "next": {"$ref": "#/$defs/tree"}, "value": {"type": "\(type)"}}}}}
          """)
    }
    let changes = SchemaComparison(
      of: "s", from: try schema("string"), to: try schema("number"), use: .printed
    ).changes
    #expect(Self.words(changes) == ["alteration value"])
  }
}
