import Foundation
import TemporaryFolders
import Testing

/// What hosts have beside their own settings: network namespaces and connections.
struct FleetPartTests {
  private static let time = "net.ipv4.tcp_keepalive_time"

  /// A snapshot with namespaces that have these keepalive times, and groups of sockets.
  private static func snapshot(
    _ name: String, _ time: String, namespaces: [String?] = [], sockets: [[String: Any]]? = nil
  ) throws -> String {
    let text = try Run.tool("snapshot", "--from", Machine.stock).output
    var object = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    var sysctls = try #require(object["sysctls"] as? [String: String])
    sysctls[Self.time] = time
    (object["sysctls"], object["hostname"]) = (sysctls, name)
    object["namespaces"] = namespaces.enumerated().map { number, time -> [String: Any] in
      [
        "name": NSNull(), "netns": "net:[\(number)]",
        "sysctls": time.map { [Self.time: $0] as Any } ?? NSNull(),
        "unreadable_because": time == nil ? "EPERM" as Any : NSNull(),
      ]
    }
    object["sockets"] = sockets ?? NSNull()
    let data = try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys])
    return String(decoding: data, as: UTF8.self)
  }

  private static func group(
    _ process: String, _ peer: String, _ port: Int, _ count: Int, _ options: [String: Int]?,
    netns: String? = nil
  ) -> [String: Any] {
    [
      "netns": netns ?? NSNull(), "process": process, "peer": peer, "port": port,
      "address": NSNull(), "sockets": count, "both_ends_here": false,
      "set_by_program": options ?? NSNull(), "keepalive": NSNull(), "may_hang_forever": false,
    ]
  }

  @Test func `fleet: namespaces that miss what their host meets are a cause of their own`() throws {
    let folder = try TemporaryFolder([
      "h/a.json": try Self.snapshot("a", "180", namespaces: ["7200", "180", "7200"]),
      "h/b.json": try Self.snapshot("b", "180", namespaces: ["7200", nil]),
      "h/c.json": try Self.snapshot("c", "180", namespaces: ["180"]),
      "h/d.json": try Self.snapshot("d", "7200", namespaces: ["7200"]),
    ])
    let hosts = "\(folder.path)/h"
    let answer = try Run.tool("fleet", hosts, "--json").json
    #expect(answer["hosts_missed"].number == 3 && answer["namespaces_not_entered"].number == 1)
    let causes = answer["causes"].array
    #expect(causes.map(\.["aspect"].string) == ["namespace", "host", "namespace"])
    #expect(causes.map(\.["hosts"].number) == [2, 1, 1])
    #expect(causes.map(\.["namespaces"]["count"].number) == [3, nil, 1])
    #expect(causes.map(\.["namespaces"]["set_on_host"].bool) == [true, nil, false])
    #expect(causes.allSatisfy { $0["settings"].array.first?["from"].string == "7200" })
    #expect(causes[0]["settings"].array.first?["to"].string == "180")
    #expect(causes[0]["id"].string == "server.idle.within@namespace")
    let text = try Run.tool("fleet", hosts).output
    #expect(text.contains("3 namespaces on 2 hosts"))
    #expect(text.contains("set on the host, not in force in the namespace"))
    let csv = try Run.tool("fleet", hosts, "--format", "csv").output
    #expect(csv.contains("missed,server.idle.within@namespace,"))
    let series = try Run.tool("fleet", hosts, "--format", "prometheus").output
    #expect(series.contains("id=\"server.idle.within@namespace\",severity=\"error\"} 3\n"))
    let alone = try Run.tool("fleet", hosts, "--no-namespaces", "--json").json
    #expect(alone["hosts_missed"].number == 1)
  }

  @Test func `fleet: connections that miss what is wanted are counted by program and port`() throws
  {
    let off: [String: Int] = [:], awake = ["SO_KEEPALIVE": 1, "TCP_KEEPIDLE": 60]
    let folder = try TemporaryFolder([
      "h/a.json": try Self.snapshot(
        "a", "180",
        sockets: [
          Self.group("nginx", "server", 5432, 8000, off),
          Self.group("nginx", "server", 5432, 7, awake),
        ]),
      "h/b.json": try Self.snapshot(
        "b", "180",
        sockets: [
          Self.group("nginx", "server", 5432, 120, off),
          Self.group("sshd", "clients", 22, 3, awake), Self.group("java", "clients", 80, 5, nil),
        ]),
      "h/c.json": try Self.snapshot(
        "c", "180", namespaces: ["7200"],
        sockets: [Self.group("app", "clients", 80, 9, ["SO_KEEPALIVE": 1], netns: "net:[0]")]),
    ])
    let hosts = "\(folder.path)/h"
    let answer = try Run.tool("fleet", hosts, "--json").json
    let causes = answer["causes"].array.filter { $0["aspect"].string == "sockets" }
    let within = causes.filter { $0["status"].string == "missed" }
    #expect(within.map(\.["connections_of"]["process"].string) == ["nginx", "app"])
    #expect(within.map(\.["connections_of"]["count"].number) == [8120, 9])
    #expect(within.map(\.["hosts"].number) == [2, 1])
    #expect(within[0]["reason"].string == "never ends")
    // What cannot be told of one program is told of it alone.
    let unknown = causes.filter { $0["status"].string == "unknown" }
    #expect(Set(unknown.map(\.["connections_of"]["process"].string)) == ["java"])
    let text = try Run.tool("fleet", hosts).output
    #expect(text.contains("nginx → :5432, 8120 connections on 2 hosts"))
    #expect(text.contains("SO_KEEPALIVE in the program"))
    let lines = try Run.tool("fleet", hosts, "--format", "jsonl").output.split(separator: "\n")
    #expect(lines[1].contains("server.idle.within@sockets"))
    let alone = try Run.tool("fleet", hosts, "--no-sockets", "--no-namespaces", "--json").json
    #expect(alone["hosts_missed"].number == 0)
  }

  @Test func `fleet: a profile speaks of the connections that it names`() throws {
    let folder = try TemporaryFolder([
      "own.yaml": """
      schema: 1
      name: own
      summary: Databases.
      connections:
        - name: pool
          direction: outbound
          match: { remote_port: 5432, process: "app*", remote: 10.0.0.0/8 }
          objectives: { idle: { within: 15min } }
      """,
      "h/a.json": try Self.snapshot(
        "a", "180",
        sockets: [
          Self.group("app-1", "server", 5432, 4, [:]), Self.group("app-1", "server", 443, 5, [:]),
          Self.group("app-1", "clients", 5432, 6, [:]), Self.group("web", "server", 5432, 7, [:]),
        ]),
    ])
    let answer = try Run.tool(
      "fleet", "\(folder.path)/h", "--profile", "\(folder.path)/own.yaml", "--json"
    ).json
    let causes = answer["causes"].array.filter { $0["aspect"].string == "sockets" }
    #expect(causes.map(\.["connections_of"]["count"].number) == [4])
  }

  @Test(arguments: [
    ("clients", 80, -5), ("clients", 80, Int.max), ("moon", 80, 1), ("server", 99_999, 1),
  ])
  func `fleet: groups of sockets that cannot be are refused`(peer: String, port: Int, count: Int)
    throws
  {
    let folder = try TemporaryFolder([
      "a.json": try Self.snapshot("a", "180", sockets: [Self.group("a", peer, port, count, [:])]),
      "b.json": try Self.snapshot("b", "180"),
    ])
    let answer = try Run.tool("fleet", folder.path, "--json").json
    #expect(answer["hosts_judged"].number == 1)
    let reason = try #require(answer["unreadable"].array.first?["reason"].string)
    #expect(reason.hasPrefix("sockets, "), "\(reason)")
  }

  @Test func `fleet: ports without number stand in one cause`() throws {
    let groups = (0..<200).map { Self.group("ftpd", "clients", 40_000 + $0, 1, [:]) }
    let folder = try TemporaryFolder(["a.json": try Self.snapshot("a", "180", sockets: groups)])
    let causes = try Run.tool("fleet", folder.path, "--json").json["causes"].array
    #expect(causes.count == 65)
    let many = causes.filter { $0["connections_of"]["port"].number == nil }
    #expect(many.map(\.["connections_of"]["count"].number) == [136])
    #expect(many.first?["hosts"].number == 1)
  }

  @Test(
    Machine.needs("ip", "sysctl", "python3"),
    .enabled("only root may mount") { EmittedTargets.canMount })
  func `fleet: a real host is judged as check and sockets judge it`() throws {
    let folder = try TemporaryFolder()
    let run = try Run([
      "/usr/bin/timeout", "-s", "KILL", "120", "unshare", "-mnp", "--fork", "--kill-child",
      "--mount-proc", "sh", Machine.fixture("fleet/host.sh"), Machine.sharedExecutable,
      folder.path,
    ])
    #expect(run.code == 0, "\(run.output)\(run.complaint)")
    func json(_ name: String) throws -> JSON { try JSON(parsingOther: folder.text(name)) }
    try PublishedSchemas.validate(folder.text("snapshot.json"))
    let run2 = try Run.tool("fleet", "\(folder.path)/snapshot.json", "--json")
    let causes = try run2.json["causes"].array

    var missed: [String: Double] = [:]
    for name in ["a", "b", "c"] {
      for finding in try json("check.\(name)")["findings"].array
      where finding["status"].string == "missed" && finding["severity"].string == "error" {
        missed["\(finding["id"].string ?? "")@namespace", default: 0] += 1
      }
    }
    #expect(missed == ["server.idle.within@namespace": 2])
    let namespaces = causes.filter { $0["aspect"].string == "namespace" }
    #expect(namespaces.map(\.["id"].string) == Array(missed.keys))
    #expect(namespaces.map(\.["namespaces"]["count"].number) == Array(missed.values))
    #expect(namespaces.map(\.["namespaces"]["set_on_host"].bool) == [true])

    let live = try json("sockets")["sockets"].array.filter { socket in
      socket["findings"].array.contains { $0["status"].string == "missed" }
    }
    let counted = causes.filter { $0["aspect"].string == "sockets" }
      .compactMap(\.["connections_of"]["count"].number)
    // Ten ends without keepalive on the host; in a six, of which three miss what their sysctls say.
    #expect(live.count == 16 && counted.reduce(0, +) == 16)
  }
}
