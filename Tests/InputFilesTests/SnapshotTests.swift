import TCPModel
import Testing

@testable import InputFiles

/// Snapshots are JSON of one version, and of a field that cannot be used the path is told.
struct SnapshotTests {
  private func read(_ text: String) throws(SnapshotError) -> SettingsSnapshot {
    try SettingsSnapshot(decoding: Array(text.utf8), source: "a test")
  }

  @Test func `snapshot: what it holds`() throws {
    let snapshot = try read(
      """
      {
        "schema_version" : 1,
        "host" : { "hz" : 250, "kernel" : "6.18.44", "netns" : "net:[1]", "source" : "/proc/sys" },
        "sysctls" : { "net.ipv4.tcp_syn_retries" : "4", "net.ipv4.tcp_rmem" : "4096 131072 6291456" },
        "unreadable" : { "net.ipv4.tcp_fastopen_key" : "EACCES" }
      }
      """)
    #expect(snapshot.source == "a test")
    #expect(snapshot.kernel == KernelVersion("6.18.44"))
    #expect(snapshot.tickRate == TickRate(hertz: 250))
    #expect(snapshot.namespace == "net:[1]")
    #expect(snapshot[.tcpSynRetries] == .value(4))
    #expect(snapshot[SysctlKey("net.ipv4.tcp_rmem")] == .value(.numbers([4096, 131072, 6291456])))
    #expect(snapshot[SysctlKey("net.ipv4.tcp_fastopen_key")] == .denied("EACCES"))
  }

  @Test func `snapshot: what is null or left out is unknown`() throws {
    for host in ["{}", "{\"hz\": null, \"kernel\": null, \"netns\": null}"] {
      let snapshot = try read("{\"host\": \(host), \"sysctls\": {}}")
      #expect(snapshot.kernel == nil)
      #expect(snapshot.tickRate == nil)
      #expect(snapshot.namespace == nil)
    }
  }

  @Test(arguments: [
    ("\"\\ud83d\\ude00 \\u00e9\"", "😀 é"), ("\"a\\/b\\u0020c\"", "a/b c"), ("\"\"", ""),
    ("7.5", "7.5"),
  ])
  func `snapshot: text with escapes, of surrogate pairs too`(json: String, text: String) throws {
    let snapshot = try read("{\"host\": {}, \"sysctls\": {\"kernel.x\": \(json)}}")
    #expect(snapshot[SysctlKey("kernel.x")] == .value(.text(text)))
  }

  @Test func `snapshot: numbers without quotes are taken`() throws {
    let snapshot = try read("{\"host\": {}, \"sysctls\": {\"net.ipv4.tcp_syn_retries\": 4}}")
    #expect(snapshot[.tcpSynRetries] == .value(4))
  }

  @Test(arguments: ["2", "\"2\"", "0", "1.5"])
  func `snapshot: another schema_version is refused, with what to do`(version: String) throws {
    // Whatever else such a document holds.
    let error = try #require(throws: SnapshotError.self) {
      try read("{\"schema_version\": \(version), \"hosts\": []}")
    }
    #expect(error.path == ["schema_version"])
    #expect(error.message.contains("capture again"))
  }

  @Test(arguments: [
    ("{\"host\": {}, \"sysctls\": {\"net.a\": [3]}}", "sysctls, net.a: a list stands"),
    ("{\"host\": {}, \"sysctls\": {\"net.a\": {}}}", "sysctls, net.a: an object stands"),
    ("{\"host\": {}, \"sysctls\": {\"net.a\": null}}", "sysctls, net.a: null stands"),
    ("{\"host\": {}, \"sysctls\": {\"net.a\": true}}", "sysctls, net.a: true or false stands"),
    ("{\"host\": {}, \"sysctls\": {\"net.a\": 1e999}}", "sysctls, net.a: a number out of range"),
    ("{\"host\": {\"hz\": 0}, \"sysctls\": {}}", "host, hz: “0”"),
    ("{\"host\": {\"hz\": 250.5}, \"sysctls\": {}}", "host, hz: “250.5”"),
    ("{\"host\": {\"hz\": 1e30}, \"sysctls\": {}}", "host, hz: “1e+30”"),
    ("{\"host\": {\"kernel\": []}, \"sysctls\": {}}", "host, kernel: a list stands"),
    ("{\"host\": {}, \"sysctls\": []}", "sysctls: no snapshot: this is no object"),
    ("{\"host\": null, \"sysctls\": {}}", "host: no snapshot: this is no object"),
    ("{\"host\": {}}", "no snapshot: the field “sysctls” is missing"),
    ("{\"host\": {}, \"sysctls\": {}, \"unreadable\": 3}", "unreadable: no snapshot: this is no"),
  ])
  func `snapshot: of a field that cannot be used the path is told`(
    text: String, complaint: String
  ) throws {
    let error = try #require(throws: SnapshotError.self) { try read(text) }
    #expect(error.description.hasPrefix(complaint), "\(error)")
  }

  @Test func `snapshot: names and values are counted, and not what stands in text`() throws {
    func document(_ count: Int) -> String {
      let list = repeatElement("[]", count: count).joined(separator: ",")
      return "{\"host\": {}, \"sysctls\": {\"net.a\": \",\\\",\"}, \"x\": [\(list)]}"
    }
    // Each in the list is a value and stands for an empty place; nine are before them.
    #expect(throws: Never.self) { try read(document(499_995)) }
    let error = try #require(throws: SnapshotError.self) { try read(document(499_996)) }
    #expect(error.description == "more than 1000000 names and values, which is the limit")
  }

  /// YAML is for profiles and grids.
  @Test(arguments: [
    "{", "", "{\"host\": {}, \"sysctls\": {\"a\": \"b", "{host: {}, sysctls: {}}",
    "{'host': {}, 'sysctls': {}}", "{\"host\": {}, \"sysctls\": {}}\n---\n{}",
    "{\"host\": {}, # nothing\n\"sysctls\": {}}",
    "{\"host\": {}, \"sysctls\": {\"a\": \"\\ud83d\"}}",
    String(repeating: "{\"a\":", count: 100_000),
  ])
  func `snapshot: what is no JSON is refused`(text: String) throws {
    let error = try #require(throws: SnapshotError.self) { try read(text) }
    #expect(error.description == "no valid JSON; capture it again")
  }
}
