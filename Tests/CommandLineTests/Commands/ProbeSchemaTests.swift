import Foundation
import NamespaceTesting
import TemporaryFolders
import Testing

/// What `probe` prints for programs has the promised fields, whatever became of the targets.
@Suite(.enabled(if: Python.canValidate, "no python3 with jsonschema and yaml here"))
struct ProbeSchemaTests {
  private static let targets = [
    "127.0.0.9:1", "127.0.0.9:1 TCP_SYNCNT=2", "[::1]:1", "127.255.255.255:1", "localhost:1",
  ]
  private let ports: Ports

  init() throws { ports = try Ports() }

  /// A full accept queue.
  private var silent: String { "127.0.0.1:\(ports.silent)" }
  private var open: String { "127.0.0.1:\(ports.open)" }

  /// What is wrong with documents; nil where nothing is.
  /// - Parameter schema: the name of the one that they are of; nil is the one that they name.
  private static func complaints(_ documents: [String], as schema: String? = nil) throws
    -> [String?]
  {
    try documents.map { try PublishedSchemas.complaint(about: $0, as: schema) }
  }

  private static func probe(_ arguments: String...) throws -> Run {
    try Run.tool(["probe", "-f", "-"] + arguments, input: targets.joined(separator: "\n"))
  }

  @Test(arguments: [
    [], ["--repeat", "3"], ["--first"], ["--profile", "rpc-client"],
    ["--bind", "192.0.2.1", "--retries", "0"],
  ])
  func `probe schema: the object is as the schema says`(options: [String]) throws {
    // An IPv4 source goes with IPv4 targets.
    let targets =
      Self.targets.filter { !options.contains("--bind") || !$0.hasPrefix("[") } + [silent]
    let run = try Run.tool(
      ["probe", "-f", "-", "--json", "--deadline", "300ms"] + options,
      input: targets.joined(separator: "\n"))
    #expect(try run.json["results"].array.count >= targets.count, "\(run.complaint)")
    #expect(try Self.complaints([run.output]) == [nil])
    #expect(try run.json["listed"].number == Double(targets.count))
    for result in try run.json["results"].array { Self.expectConsistency(of: result) }
    // What hangs has a prediction, and a profile judges it.
    let hangs = !options.contains("--bind")
    let last = try #require(try run.json["results"].array.last)
    #expect(last["kernel"]["earliest_seconds"].isPresent == hangs, "\(run.output)")
    #expect(try run.json["verdicts"].array.isEmpty == !options.contains("--profile"))
  }

  /// What the schema does not say: which fields an outcome brings along.
  private static func expectConsistency(of result: JSON) {
    let outcome = result["outcome"].string
    let isLocal = ["local-error", "unresolved"].contains(outcome)
    #expect(result["seconds"].isNull == isLocal)
    #expect(isLocal || result["address"].string != nil)
    #expect(outcome != "unresolved" || result["reason"].string != nil)
  }

  @Test func `probe schema: a profile without a verdict is as the schema says`() throws {
    let run = try Run.tool("probe", open, "--profile", "rpc-client", "--json")
    #expect(try Self.complaints([run.output]) == [nil])
    #expect(try run.json["not_judged"].array.isEmpty == false)
  }

  @Test func `probe schema: reconnects are as the schema says`() throws {
    let runs = try [
      ["127.0.0.9:1", "--reconnect", "2"], [open, "--reconnect", "8"],
      [silent, "--reconnect", "1", "--deadline", "50ms"],
      [open, "--reconnect", "2", "--bind", "192.0.2.1"],
    ].map { try Run.tool(["probe", "--json"] + $0) }
    #expect(try runs.map { try $0.json["reconnect"].isPresent } == [true, true, true, true])
    #expect(try Self.complaints(runs.map(\.output)) == [nil, nil, nil, nil])
  }

  @Test(
    .enabled(if: Machine.allowsNamespaces, "namespaces are refused here"),
    .enabled("no ip(8) here") { Machine.program("ip") != nil })
  func `probe schema: a neighbour that does not answer is as it says, at first and in the end`()
    throws
  {
    let link = """
      ip link add v0 type veth peer name v1 && ip link set lo up && ip link set v0 up &&
      ip link set v1 up && ip address add 10.9.0.1/24 dev v0 &&
      echo 1 >/proc/sys/net/ipv4/neigh/v0/mcast_solicit && exec "$@"
      """
    func run(_ deadline: String) throws -> Run {
      try Run.tool(
        "probe", "10.9.0.66:80", "--deadline", deadline, "--profile", "rpc-client", "--json",
        wrapper: Machine.newNetwork + ["/bin/sh", "-c", link, "sh"])
    }
    let runs = [try run("300ms"), try run("5s")]
    #expect(try Self.complaints(runs.map(\.output)) == [nil, nil])
    let results = try runs.map { try $0.json["results"][0] }
    #expect(results.map(\.["outcome"].string) == ["undecided", "unreachable"])
    #expect(results[0]["neighbour"]["state"].string == "incomplete")
    #expect(results[0]["kernel"]["latest_seconds"].number != nil)
    #expect(results[1]["icmp"]["from_this_host"].bool == true, "\(runs[1].output)")
    #expect(try runs.allSatisfy { try !$0.json["verdicts"].array.isEmpty })
  }

  @Test func `probe schema: a line is as the schema says`() throws {
    let run = try Self.probe("--format", "jsonl", "--deadline", "300ms")
    let lines = run.lines.dropLast().map(String.init)
    #expect(lines.count > Self.targets.count, "\(run.complaint)")
    for line in try lines.map({ try JSON(parsing: $0, as: "probe-line") })
    where line["type"].string == "result" { Self.expectConsistency(of: line) }
  }

  @Test func `probe schema: a schema that admits anything would be none`() throws {
    #expect(try Self.complaints(["{}"]) != [nil])
    let run = try Run.tool("probe", open, "--reconnect", "1", "--json")
    let other = run.output.split(separator: "\n").filter { !$0.contains("\"port_changes\"") }
    #expect(try Self.complaints([other.joined(separator: "\n")]) != [nil])
    #expect(try Self.complaints([#"{"type": "result", "target": "a"}"#], as: "probe-line") != [nil])
  }

  @Test(
    .enabled(if: NewNamespaces.userNetworkAndMounts.allow(), "namespaces are refused here"),
    .enabled(
      if: FileManager.default.fileExists(atPath: "/etc/nsswitch.conf"), "no nsswitch.conf here"))
  func `probe schema: a name with two addresses is summed up, in every format for reading`() throws
  {
    let folder = try TemporaryFolder()
    let hosts = try folder.write("hosts", "127.0.0.8 two\n127.0.0.9 two\n")
    let switches = try folder.write("nsswitch.conf", "hosts: files\n")
    func run(_ arguments: String...) throws -> Run {
      let script = """
        mount --bind "$1" /etc/hosts && mount --bind "$2" /etc/nsswitch.conf && ip link set lo up \
        && shift 2 && exec "$@"
        """
      return try Run(
        NewNamespaces.userNetworkAndMounts.wrapper
          + ["/bin/sh", "-c", script, "sh", hosts, switches]
          + [Machine.executable, "probe", "two:7"] + arguments)
    }
    let json = try run("--json")
    let name = try json.json["names"][0]
    #expect(name["addresses"].number == 2, "\(json.complaint)")
    #expect(name["open"].bool == false, "\(json.complaint)")
    #expect(name["measured"].bool == true)
    #expect(name["ends"].string == "always")
    #expect(try Self.complaints([json.output]) == [nil])
    let lines = try run("--format", "jsonl").lines.dropLast().map(String.init)
    try #require(lines.count == 4)
    #expect(lines[2].contains("\"type\": \"name\""))
    #expect(try Self.complaints(lines, as: "probe-line").allSatisfy { $0 == nil })
    #expect(try run().output.contains("two:7, 2 addresses tried in turn: none is open"))
    // They do not wait for each other.
    #expect(try run("--first", "--json").json["names"].array.isEmpty)
  }
}
