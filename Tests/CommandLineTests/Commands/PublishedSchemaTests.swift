import Advisor
import Foundation
import NetAddress
import Observations
import TCPModel
import Testing

/// What the schemas say, and that what is printed is so; that all JSON which other tests read is so
/// `Run.json` sees to.
@Suite(.enabled(if: Python.canValidate, "no python3 with jsonschema and yaml here"))
struct PublishedSchemaTests {
  /// Every command, in each form that its JSON has.
  private static let commands: [[String]] = [
    ["advise", "--no-measure", "--from", Machine.stock, "--profile", "database-client"],
    ["check", "--from", Machine.stock], ["check", "--profile", "web-frontend"],
    ["emit", "sysctl", "--profile", "server", "--kernel", "6.18"], ["emit", "--list"],
    ["explain", "connect", "--from", Machine.stock],
    ["explain", "accept", "--from", Machine.stock],
    ["explain", "send", "--kernel", "5.4", "--kernel", "6.18"],
    ["explain", "tcp_rmem", "--from", Machine.stock], ["explain", "tcp_tw_recycle"],
    ["explain", "tcp_retries2", "--kernel", "5.4", "--kernel", "6.18"],
    ["explain", "TCP_USER_TIMEOUT"], ["explain", "restarted"], ["explain", "TA012"],
    ["explain", "--took", "127s"], ["explain", "--list"], ["explain", "nonsense"],
    ["files"], ["files", "tcp_retries2"],
    ["lint", Machine.fixture("Captures/hardening.conf")], ["lint", "--rules"],
    ["measure", "connect", "idle", "--budget", "50ms"],
    ["probe", "127.0.0.9:1", "localhost:1", "--profile", "rpc-client"],
    ["probe", "127.0.0.9:1", "--repeat", "2"], ["probe", "127.0.0.9:1", "--reconnect", "2"],
    ["profiles", "list"], ["profiles", "show", "server"], ["profiles", "software"],
    ["profiles", "validate", "server"], ["profiles", "schema"], ["schema"], ["schema", "explain"],
    ["snapshot", "--from", Machine.stock], ["snapshot"], ["snapshot", "--sockets"],
    ["fleet", Machine.stock], ["sockets", "--profile", "server"],
  ]

  @Test func `schema: each is valid, named once, and the same in every run`() throws {
    let names = try PublishedSchemas.list.map(\.name)
    #expect(Set(names).count == names.count && names.count >= 15)
    for name in names {
      let text = try PublishedSchemas.text(of: name)
      let schema = try JSON(parsingOther: text)
      #expect(schema["$schema"].string == "https://json-schema.org/draft/2020-12/schema")
      #expect(schema["$id"].string == "urn:tcpadvisor:schema:\(name):1")
      #expect(try PublishedSchemas.text(of: name) == text)
      let answer = try Run.tool("schema", name, "--json").json
      #expect(answer["schema"].names == schema.names)
    }
  }

  @Test func `schema: every command has one`() throws {
    let help = try Run.tool("--experimental-dump-help").otherJSON["command"]["subcommands"].array
    let commands = help.filter { $0["shouldDisplay"].bool == true }.map { $0["commandName"].string }
    let names = Set(try PublishedSchemas.list.map(\.name))
    #expect(commands.count > 10)
    for command in commands.compactMap(\.self) where command != "help" {
      #expect(names.contains(command), "\(command)")
    }
  }

  @Test func `schema: what is misspelt is told with what is near`() throws {
    let run = try Run.tool("schema", "explian")
    #expect(run.code == 2 && run.output == "")
    #expect(run.complaint == "tcpadvisor: no schema is called “explian”; did you mean explain?\n")
    let far = try Run.tool("schema", "nonsense", "--json")
    #expect(far.code == 2)
    #expect(try far.json["error"].string?.hasSuffix("without a name, schema lists them") == true)
    #expect(try Run.tool("schema", "explain", "probe").code == 2)
  }

  @Test(arguments: commands)
  func `schema: an answer begins with the schema that it follows`(command: [String]) throws {
    let run = try Run.tool(command + ["--json"])
    let name = run.code == 2 && command.last == "nonsense" ? "error" : command[0]
    let head = "{\n  \"$schema\": \"urn:tcpadvisor:schema:\(name):1\","
    #expect(run.output.hasPrefix(head), "\(run.output.prefix(200))\(run.complaint)")
    #expect(try run.json.isPresent)
  }

  @Test(arguments: commands)
  func `schema: what is missing, added or of another kind is refused`(command: [String])
    throws
  {
    let answer = try Run.tool(command + ["--json"]).output
    let mutants = try JSONMutants(of: answer).all
    #expect(mutants.count >= 5)
    for (change, text) in mutants {
      #expect(try PublishedSchemas.complaint(about: text) != nil, "\(change)")
    }
  }

  /// Fields that hold one of a closed set of words, and the code's own list of them.
  private static let closedWords: [(schema: String, field: String, words: [String])] = [
    ("advise", "scenario", Scenario.allCases.map(\.rawValue)),
    ("check", "objective", Objective.Kind.allCases.map(\.rawValue)),
    ("check", "severity", Finding.Severity.allCases.map(\.rawValue)),
    ("check", "verdict", SysctlStanding.Verdict.allCases.map(\.rawValue)),
    ("explain", "family", AddressFamily.allCases.map(\.rawValue)),
    ("explain", "kind", Timeline.EventKind.allCases.map(\.rawValue)),
    ("explain", "likelihood", HangCandidate.Likelihood.allCases.map(\.rawValue)),
    ("explain", "unit", Sysctl.Unit.allCases.map(\.rawValue)),
    ("explain", "outcome", ImmediateFailure.allCases.map(\.rawValue)),
    ("lint", "severity", LintRule.Severity.allCases.map(\.rawValue)),
    ("measure", "settings", PlanPhase.allCases.map(\.rawValue)),
    ("probe", "outcome", ConnectOutcome.Kind.allCases.map(\.rawValue)),
    ("probe-line", "outcome", ConnectOutcome.Kind.allCases.map(\.rawValue)),
    ("profiles", "direction", ConnectionGroup.Direction.allCases.map(\.rawValue)),
    ("sockets", "state", TCPState.allCases.map(\.name)),
  ]

  @Test(arguments: closedWords)
  func `schema: closed words are those of the code`(
    schema: String, field: String, words: [String]
  ) throws {
    let found = try JSON(parsingOther: try PublishedSchemas.text(of: schema)).words(of: field)
    #expect(!found.isEmpty)
    for list in found { #expect(list == words, "\(schema) \(field)") }
  }

  @Test func `schema: another's JSON, and what is none, is refused`() throws {
    for text in [
      "", "[]", "null", "{}", #"{"$schema": null}"#,
      #"{"$schema": "urn:tcpadvisor:schema:lint:2"}"#,
      #"{"$schema": "urn:tcpadvisor:schema:error:1", "error": null}"#,
    ] { #expect(try PublishedSchemas.complaint(about: text) != nil, "\(text)") }
    let answer = try Run.tool("profiles", "list", "--json").output
    #expect(try PublishedSchemas.complaint(about: answer, as: "lint") != nil)
    #expect(try PublishedSchemas.complaint(about: answer) == nil)
  }
}

extension JSON {
  /// The closed words that a schema has for a field, wherever that stands.
  fileprivate func words(of field: String) -> [[String]] {
    let own = self["properties"][field]["enum"].array.compactMap(\.string)
    let elements = array + names.sorted().map { self[$0] }
    return (own.isEmpty ? [] : [own]) + elements.flatMap { $0.words(of: field) }
  }
}

/// A JSON text with one change each.
private struct JSONMutants {
  private(set) var all: [(change: String, text: String)] = []
  private let whole: Any
  private var seen: Set<String> = []

  /// Fields whose names are data, or that hold what some kernels lack.
  private static let open: Set = [
    "assumed", "not_copied", "options", "schema", "set_by_program", "sets", "sysctls", "unread",
    "unread_files", "unreadable",
  ]
  /// Fields that need not be there.
  private static let optional: Set = ["not_judged"]

  init(of text: String) throws {
    whole = try JSONSerialization.jsonObject(with: Data(text.utf8))
    try change(whole, at: "") { $0 }
  }

  /// Changes each object once, the first of each list that has it.
  private mutating func change(_ value: Any, at path: String, _ put: @escaping (Any) -> Any) throws
  {
    if let list = value as? [Any] {
      for (index, element) in list.enumerated() {
        try change(element, at: "\(path)[]") {
          var list = list
          list[index] = $0
          return put(list)
        }
      }
    } else if let object = value as? [String: Any],
      seen.insert("\(path) \(object.keys.sorted())").inserted
    {
      try add("added at \(path)", put(object.merging(["other": 0]) { $1 }))
      for (name, field) in object {
        let place = "\(path).\(name)"
        try change(field, named: name, of: object, at: place, put)
        guard !Self.open.contains(name) || field is [Any] else { continue }
        try change(field, at: place) { put(object.merging([name: $0]) { $1 }) }
      }
    }
  }

  private mutating func change(
    _ field: Any, named name: String, of object: [String: Any], at place: String,
    _ put: (Any) -> Any
  ) throws {
    let other: Any = field is [String: Any] ? 0 : ["other": 0]
    try add("another kind at \(place)", put(object.merging([name: other]) { $1 }))
    guard !Self.optional.contains(name) else { return }
    var rest = object
    rest[name] = nil
    try add("missing: \(place)", put(rest))
  }

  private mutating func add(_ change: String, _ value: Any) throws {
    let text = try JSONSerialization.data(withJSONObject: value)
    all.append((change, String(decoding: text, as: UTF8.self)))
  }
}
