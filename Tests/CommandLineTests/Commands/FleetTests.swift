import Foundation
import TemporaryFolders
import Testing

struct FleetTests {
  /// What `snapshot --from` makes of the stock capture, with values of its own.
  private static func snapshot(
    _ name: String, kernel: String = "6.1.0-18-amd64", _ values: [String: String] = [:],
    boot: [String: String]? = nil
  ) throws -> String {
    let text = try Run.tool("snapshot", "--from", Machine.stock).output
    var object = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    var host = try #require(object["host"] as? [String: Any])
    host["kernel"] = kernel
    var sysctls = try #require(object["sysctls"] as? [String: String])
    sysctls.merge(values) { $1 }
    (object["host"], object["sysctls"], object["hostname"]) = (host, sysctls, name)
    object["boot"] = boot?.mapValues { ["value": $0, "file": "/etc/sysctl.d/1.conf", "line": 1] }
    let data = try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys])
    return String(decoding: data, as: UTF8.self)
  }

  private static let time = "net.ipv4.tcp_keepalive_time"

  @Test
  func `fleet: causes are counted with their kernels, plans hold, and one that is broken is named`()
    throws
  {
    let folder = try TemporaryFolder([
      "a.json": try Self.snapshot("a", [Self.time: "7200"]),
      "b.json": try Self.snapshot("b", kernel: "5.10.0-25-amd64", [Self.time: "7200"]),
      "c.json": try Self.snapshot("c", [Self.time: "180"]),
      "d.json": try Self.snapshot("d", [Self.time: "3600"]),
      "e.json": "{\"host\": {}}", "f.txt": "nothing\n",
    ])
    let run = try Run.tool("fleet", folder.path, "--json")
    #expect(run.code == 1 && run.complaint == "")
    let answer = try run.json
    #expect(answer["hosts_judged"].number == 4 && answer["hosts_missed"].number == 3)
    #expect(answer["hosts_unreadable"].number == 2)
    let broken = answer["unreadable"].array.map(\.["file"].string)
    #expect(broken == ["\(folder.path)/e.json", "\(folder.path)/f.txt"])
    let causes = answer["causes"].array
    #expect(causes.map(\.["id"].string) == ["server.idle.within", "server.idle.within"])
    #expect(causes.map(\.["hosts"].number) == [2, 1])
    #expect(causes[0]["kernels"].array.map(\.["kernel"].string) == ["5.10", "6.1"])
    #expect(causes[0]["examples"].array.map(\.string) == ["a", "b"])
    let setting = try #require(causes[0]["settings"].array.first)
    #expect(setting["key"].string == Self.time && setting["from"].string == "7200")
    // What the plan says meets what is missed, by the tool's own word.
    let plan = try #require(answer["plans"].array.first)
    #expect(answer["plans"].array.count == 1 && plan["hosts"].number == 4)
    #expect(plan["leaves"].array.isEmpty)
    for kernel in ["6.1", "5.10"] {
      var arguments = ["check", "--from", Machine.stock, "--kernel", kernel]
      for sysctl in plan["sysctls"].array {
        let (key, value) = (sysctl["key"].string ?? "", sysctl["value"].string ?? "")
        arguments += ["--set", "\(key)=\(value)"]
      }
      #expect(try Run.tool(arguments).code == 0)
    }
  }

  @Test func `fleet: dumps, snapshots and streams of the same hosts give the same`() throws {
    let one = try Self.snapshot("one", [Self.time: "7200"])
    let two = try Self.snapshot("two", [Self.time: "120"])
    let dump = { (text: String) throws -> String in
      let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
      let sysctls = object?["sysctls"] as? [String: String] ?? [:]
      let host = object?["host"] as? [String: Any]
      let own = [
        "kernel.osrelease": host?["kernel"] as? String ?? "",
        "kernel.hostname": object?["hostname"] as? String ?? "",
      ]
      return sysctls.merging(own) { $1 }.sorted { $0.key < $1.key }
        .map { "\($0.key) = \($0.value)\n" }.joined()
    }
    let folder = try TemporaryFolder([
      "s/1.json": one, "s/2.json": two, "d/1.txt": try dump(one), "d/2.txt": try dump(two),
      "odd/1.txt": "# taken by hand\n"
        + (try dump(one)).replacingOccurrences(of: "\n", with: "\r\n"),
      "odd/2.txt": try dump(two), "stream.jsonl": one + "\n\n" + two + "\n",
    ])
    func rows(_ paths: String...) throws -> [[String]] {
      try Run.tool(["fleet"] + paths.map { "\(folder.path)/\($0)" } + ["--format", "csv"])
        .output.split(separator: "\n").dropFirst().map { line in
          let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
          return [cells[0]] + cells[3...]
        }
    }
    let wanted = try rows("s")
    #expect(wanted.map(\.[0]) == ["one", "two"] && wanted[0].contains("server.idle.within"))
    #expect(try rows("d") == wanted)
    #expect(try rows("odd") == wanted)
    #expect(try rows("stream.jsonl") == wanted)
    #expect(try rows("s/1.json", "d/2.txt") == wanted)
    let piped = try Run.tool("fleet", "-", "--format", "jsonl", input: one + "\n" + two + "\n")
    #expect(piped.output.split(separator: "\n").count == 2 && piped.code == 1)
  }

  @Test func `fleet: rules choose profiles by name, group and kernel; groups that differ are told`()
    throws
  {
    let folder = try TemporaryFolder([
      "h/db1.json": try Self.snapshot("db1", ["net.core.somaxconn": "4096"]),
      "h/db2.json": try Self.snapshot("db2", ["net.core.somaxconn": "128"]),
      "h/web1.json": try Self.snapshot("web1", kernel: "5.10.0"),
      "h/old.json": try Self.snapshot("old", kernel: "3.10.0-1160.el7"),
      "rules.yaml": """
      schema: 1
      groups: { web: ["web*"] }
      rules:
        - { groups: databases, profiles: database-server }
        - { groups: web, kernels: 5.4..5.15, profiles: [web-frontend] }
        - { hosts: "o*", profiles: rpc-client }
      """,
      "inventory.json": """
      {"_meta": {"hostvars": {"db1": {}}}, "all": {"children": ["databases", "ungrouped"]},
       "databases": {"children": ["mysql"]}, "mysql": {"hosts": ["db1", "db2"]}}
      """,
    ])
    let run = try Run.tool(
      "fleet", "\(folder.path)/h", "--rules", "\(folder.path)/rules.yaml", "--groups",
      "\(folder.path)/inventory.json", "--by", "group", "--format", "jsonl")
    let rows = try run.output.split(separator: "\n").map { try JSON(parsingOther: String($0)) }
    let profiles = Dictionary(
      uniqueKeysWithValues: rows.map { ($0["host"].string ?? "", $0["profile"].string ?? "") })
    #expect(
      profiles == [
        "db1": "database-server", "db2": "database-server", "web1": "web-frontend",
        "old": "rpc-client",
      ])
    let answer = try Run.tool(
      "fleet", "\(folder.path)/h", "--groups", "\(folder.path)/inventory.json", "--by", "group",
      "--json"
    ).json
    let drift = answer["drift"].array
    #expect(drift.map(\.["key"].string) == ["net.core.somaxconn", "net.core.somaxconn"])
    #expect(Set(drift.map(\.["group"].string)) == ["databases", "mysql"])
  }

  @Test func `fleet: what the next boot takes back is missed, and what has changed is told`() throws
  {
    let folder = try TemporaryFolder([
      "h/a.json": try Self.snapshot("a", [Self.time: "180"], boot: [Self.time: "7200"]),
      "h/b.json": try Self.snapshot("b", [Self.time: "180"], boot: [Self.time: "180"]),
      "h/c.json": try Self.snapshot("c", [Self.time: "7200"]),
    ])
    let hosts = "\(folder.path)/h"
    let first = try Run.tool("fleet", hosts, "--format", "jsonl")
    #expect(first.code == 1)
    try folder.write("before.jsonl", first.output)
    let rows = try first.output.split(separator: "\n").map { try JSON(parsingOther: String($0)) }
    #expect(rows[0]["missed"].array.map(\.string) == ["server.idle.within@next-boot"])
    #expect(rows[1]["status"].string == "met")

    try folder.write("h/b.json", try Self.snapshot("b", [Self.time: "7200"]))
    try folder.write("h/c.json", try Self.snapshot("c", [Self.time: "180"]))
    try folder.write("h/d.json", try Self.snapshot("d", [Self.time: "180"]))
    try FileManager.default.removeItem(atPath: "\(hosts)/a.json")
    let changes = try Run.tool(
      "fleet", hosts, "--since", "\(folder.path)/before.jsonl", "--json"
    ).json["changes"]
    for (kind, host) in [("worse", "b"), ("better", "c"), ("new", "d"), ("gone", "a")] {
      #expect(changes[kind]["hosts"].array.map(\.["host"].string) == [host], "\(kind)")
    }
  }

  @Test func `fleet: formats of other programs take hostile names`() throws {
    let name = "=cmd|'x'!\"A1\n\u{1b}[31m</testcase>"
    let folder = try TemporaryFolder(["a.json": try Self.snapshot(name, [Self.time: "7200"])])
    for format in ["text", "json", "jsonl", "csv", "prometheus", "junit"] {
      let run = try Run.tool("fleet", folder.path, "--format", format)
      #expect(run.code == 1 && !run.output.contains("\u{1b}"), "\(format)")
    }
    let csv = try Run.tool("fleet", folder.path, "--format", "csv").output
    #expect(csv.split(separator: "\n").dropFirst().first?.hasPrefix("\"'=cmd") == true)
    let xml = try Run.tool("fleet", folder.path, "--format", "junit").output
    #expect(xml.contains("&lt;/testcase&gt;"))
  }

  @Test(arguments: [
    (["fleet", "nowhere"], 2, "nowhere: cannot be read: ENOENT"),
    (["fleet"], 2, "Missing expected argument"),
    (["fleet", ".", "--by", "group"], 2, "--groups"),
    (["fleet", ".", "--rules", "nowhere"], 2, "nowhere"),
    (["fleet", ".", "--since", "/etc/hostname"], 2, "/etc/hostname:1:1"),
    (["fleet", ".", "--format", "cvs"], 2, "csv"),
  ])
  func `fleet: what cannot be told is code 2`(arguments: [String], code: Int32, word: String) throws
  {
    let folder = try TemporaryFolder()
    let run = try Run.tool(arguments.map { $0 == "." ? folder.path : $0 })
    #expect(run.code == code && (run.complaint + run.output).contains(word), "\(run)")
  }

  @Test func `fleet: a part of the settings is judged by defaults, and of a kernel that is named`()
    throws
  {
    let folder = try TemporaryFolder(["one.conf": "net.ipv4.tcp_keepalive_time = 60\n"])
    let unknown = try Run.tool("fleet", folder.path, "--json")
    #expect(unknown.code == 2)
    #expect(
      try unknown.json["obstacles"].array.map { $0["examples"].array.first?.string } == ["one"])
    let known = try Run.tool("fleet", folder.path, "--kernel", "6.1", "--json")
    #expect(known.code == 0)
    #expect(try known.json["hosts_assuming_defaults"].number == 1)
  }

  @Test func `fleet: what is no capture of one host is named, and nothing is made of it`() throws {
    let a = try Self.snapshot("a"), b = try Self.snapshot("b")
    let pretty = try Run.tool("snapshot", "--from", Machine.stock).output
    let dump = "net.ipv4.tcp_retries2 = 8\nkernel.osrelease = 6.1.0\nkernel.hostname = "
    let folder = try TemporaryFolder([
      "1/stream.jsonl": "\u{feff}\(a)\nnet.ipv4.tcp_retries2 = 8\n\(b)\n", "1/.hidden": "x",
      "2/two.txt": "\(dump)x\n\(dump)y\n", "3/pretty.json": pretty + pretty, "4/none.txt": "",
      "5/other.txt": "kernel.osrelease = 6.1.0\nkernel.hostname = x\n",
    ])
    func reasons(_ name: String) throws -> (judged: Double?, [String]) {
      let answer = try Run.tool("fleet", "\(folder.path)/\(name)", "--json").json
      return (
        answer["hosts_judged"].number, answer["unreadable"].array.compactMap(\.["reason"].string)
      )
    }
    #expect(try reasons("1") == (2, ["no JSON object, as the first line of the stream is"]))
    #expect(try reasons("2").1.first?.hasPrefix("the settings of several hosts") == true)
    #expect(try reasons("3").1.first?.hasPrefix("several objects") == true)
    #expect(try reasons("4") == (0, ["empty"]))
    #expect(try reasons("5").1.first?.contains("no key that begins with `net.`") == true)
  }

  @Test func `fleet: the same captures give the same bytes, and no setting that is no cause`()
    throws
  {
    var files: [String: String] = [:]
    for number in 0..<12 {
      files["\(number).json"] = try Self.snapshot(
        "h\(number)",
        [Self.time: "7200", "net.ipv4.tcp_keepalive_intvl": "\(64 + number)"])
    }
    let folder = try TemporaryFolder(files)
    let arguments = ["fleet", folder.path, "--by", "all", "--json"]
    let first = try Run.tool(arguments)
    for _ in 0..<3 { #expect(try Run.tool(arguments).output == first.output) }
    let causes = try first.json["causes"].array
    #expect(causes.map(\.["hosts"].number) == [12])
    #expect(causes.first?["settings"].array.map(\.["key"].string) == [Self.time])
  }

  @Test func `fleet: a file that is named for all hosts gives way to their folders`() throws {
    let a = try Self.snapshot("x"), b = try Self.snapshot("y")
    let folder = try TemporaryFolder([
      "web/h1/tmp/facts.json": a, "db/h2/tmp/facts.json": b, "flat/h3.json": a, "flat/h4.txt": b,
    ])
    func hosts(_ paths: String...) throws -> [String] {
      try Run.tool(
        ["fleet"] + paths.map { "\(folder.path)/\($0)" } + ["--names", "file", "--format", "csv"]
      ).output.split(separator: "\n").dropFirst().map { String($0.prefix { $0 != "," }) }
    }
    #expect(try hosts("web", "db") == ["h1", "h2"])
    #expect(try hosts("web/h1/tmp/facts.json", "db/h2/tmp/facts.json") == ["h1", "h2"])
    #expect(try hosts("flat") == ["h3", "h4"])
    #expect(try hosts("web") == ["facts"])
    #expect(
      try hosts("") == ["h2", "h3", "h4", "h1"].map { $0 == "h1" || $0 == "h2" ? "facts" : $0 })
  }

  @Test func `fleet: names of any length stay on their line`() throws {
    let name = String(repeating: "n", count: 300)
    let folder = try TemporaryFolder(["a.json": try Self.snapshot(name, [Self.time: "7200"])])
    let text = try Run.tool("fleet", folder.path).output
    #expect(text.contains("nnn…") && !text.contains(name))
    #expect(try Run.tool("fleet", folder.path, "--format", "csv").output.contains(name))
  }

  @Test func `fleet: a stream is one whatever it is called, and goes on behind a line too long`()
    throws
  {
    let filler = String(repeating: " ", count: 16_100_000)
    let lines = try ["a", "b", "c"].map { try Self.snapshot($0) }
    let folder = try TemporaryFolder([
      "1/captures": lines.joined(separator: "\n") + "\n",
      "2/captures": [lines[0], "{\(filler)}", lines[1]].joined(separator: "\n"),
    ])
    func answer(_ name: String) throws -> JSON {
      try Run.tool("fleet", "\(folder.path)/\(name)", "--json").json
    }
    #expect(try answer("1")["hosts_judged"].number == 3)
    for name in ["2", "2/captures"] {
      let answer = try answer(name)
      #expect(answer["hosts_judged"].number == 2)
      #expect(
        answer["unreadable"].array.map(\.["file"].string) == ["\(folder.path)/2/captures:2"])
    }
  }

  @Test func `snapshot: no keys of cookies and of addresses`() throws {
    let folder = try TemporaryFolder([
      "dump": "net.ipv4.tcp_fastopen_key = 1-2-3-4\nnet.ipv6.conf.eth0.stable_secret = ab::cd\n"
    ])
    let run = try Run.tool("snapshot", "--from", "\(folder.path)/dump")
    #expect(run.code == 0 && !run.output.contains("1-2-3-4") && !run.output.contains("ab::cd"))
  }

  @Test func `fleet: mistakes in rules are placed`() throws {
    let folder = try TemporaryFolder([
      "rules.yaml":
        "schema: 1\nrules:\n  - { groups: dbs, profiles: server }\ngroups: { db: [a] }\n"
    ])
    let run = try Run.tool("fleet", folder.path, "--rules", "\(folder.path)/rules.yaml")
    #expect(run.code == 2 && run.complaint.contains("rules.yaml:3:15"), "\(run.complaint)")
    #expect(run.complaint.contains("did you mean “db”?"))
  }
}
