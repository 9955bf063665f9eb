import Foundation
import TemporaryFolders
import Testing

/// Five administrators and what they ask for, with the fixtures that tell their stories.
struct StoryTests {
  static let names = [
    "haproxy-edge", "kafka-regions", "kubernetes-node", "kubernetes-pods", "postgresql-failover",
    "ssh-bastion",
  ]

  static func path(_ name: String) throws -> String {
    try #require(
      Bundle.module.path(forResource: name, ofType: "yaml", inDirectory: "Fixtures/Stories"))
  }

  private func plan(_ names: String...) throws -> JSON {
    let profiles = try names.flatMap { ["--profile", try Self.path($0)] }
    let run = try Run.tool(
      ["advise", "--no-measure", "--from", Machine.stock, "--json"] + profiles)
    #expect(run.code == 0)
    #expect(run.complaint == "")
    return try run.json["plan"]
  }

  private func sysctls(_ plan: JSON) -> [String: String] {
    Dictionary(
      plan["sysctls"].array.map { ($0["key"].string ?? "", $0["to"].string ?? "") }
    ) { $1 }
  }

  @Test(arguments: names)
  func `stories: a story is a profile`(name: String) throws {
    let run = try Run.tool("profiles", "validate", try Self.path(name))
    #expect(run.code == 0, "\(run.complaint)")
    #expect(run.output.hasSuffix("valid, profile \(name)\n"), "\(run.complaint)")
  }

  @Test
  func `stories: a node and its pods ask often enough for the smaller of their devices`() throws {
    for name in ["kubernetes-node", "kubernetes-pods"] {
      let sysctls = sysctls(try plan(name))
      let time = try #require(sysctls["net.ipv4.tcp_keepalive_time"].flatMap { Int($0) })
      #expect(time <= 175)
      #expect(sysctls["net.core.somaxconn"] == (name == "kubernetes-node" ? "16384" : nil))
    }
    let pods = sysctls(try plan("kubernetes-pods")).keys
    #expect(pods.allSatisfy { $0.hasPrefix("net.ipv4.tcp_keepalive_") })
  }

  @Test
  func `stories: a node and its pods are two namespaces: together they contradict each other`()
    throws
  {
    let contradictions = try plan("kubernetes-node", "kubernetes-pods")["contradictions"].array
    let demands = contradictions.flatMap { $0["demands"].array }
    #expect(demands.contains { $0["demand"].string?.contains("net.core.somaxconn") == true })
  }

  @Test
  func `stories: Kafka in another region needs what RFC 1122 just allows, and no socket option`()
    throws
  {
    let plan = try plan("kafka-regions")
    #expect(sysctls(plan)["net.ipv4.tcp_retries2"] == "8")
    #expect(plan["socket_options"].array.isEmpty)
    #expect(plan["contradictions"].array.isEmpty)
    #expect(plan["deadlines"][0]["addresses"].number == 3)
  }

  @Test
  func `stories: an edge has room in queues, tables and ports, and slow clients no user timeout`()
    throws
  {
    let plan = try plan("haproxy-edge")
    #expect(plan["contradictions"].array.isEmpty)
    let sysctls = sysctls(plan)
    #expect(sysctls["net.ipv4.ip_local_port_range"] == "10240 65535")
    #expect(sysctls["net.core.somaxconn"] == "65535")
    let timeouts = plan["socket_options"].array.filter {
      $0["option"].string == "TCP_USER_TIMEOUT"
    }
    #expect(timeouts.map(\.["connections"].string) == ["upstreams"])
  }

  @Test
  func `stories: a failover within 5 s and stalls of minutes stand against each other`() throws {
    let plan = try plan("postgresql-failover")
    let demands = plan["contradictions"][0]["demands"].array
    #expect(
      demands.map(\.["demand"].string) == ["send within 5 s", "zero-window survive 5 min"])
    #expect(
      demands.allSatisfy { $0["place"].string?.contains("postgresql-failover.yaml:") == true })
    #expect(demands.allSatisfy { $0["needs"].string?.hasPrefix("TCP_USER_TIMEOUT at") == true })
    #expect(plan["socket_options"].array.allSatisfy { $0["option"].string != "TCP_USER_TIMEOUT" })
  }

  @Test
  func `stories: a host that may go below RFC 1122 fails over in time, and its readers live`()
    throws
  {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "pg.yaml",
      "schema: 1\nname: pg\nextends: [\(try Self.path("postgresql-failover"))]\n"
        + "allow_below_rfc: true\n")
    let run = try Run.tool(
      ["check", "--assume", "planned", "--from", Machine.stock, "--profile", path])
    #expect(run.code == 0, "\(run.output)")
    let text = try Run.tool(["emit", "sysctl", "--profile", path]).output
    #expect(text.contains("\nnet.ipv4.tcp_retries2 = 2\n"))
  }

  @Test(arguments: [
    ("6.12", ["send recover 10 s"]), ("6.18", ["send recover 10 s", "send survive 2 h"]),
  ])
  func `stories: two hours in a bag and back within 10 s cannot be had`(
    kernel: String, named: [String]
  )
    throws
  {
    let run = try Run.tool([
      "emit", "sysctl", "--kernel", kernel, "--profile", try Self.path("ssh-bastion"), "--json",
    ])
    let plan = try run.json["plan"]
    let contradictions = plan["contradictions"].array
    #expect(
      contradictions.contains { $0["demands"].array.map(\.["demand"].string) == named },
      "\(run.output)")
    // What can be had is: two hours alone, with the waits that the kernel makes.
    #expect(sysctls(plan)["net.ipv4.tcp_retries2"] == "68")
    #expect(sysctls(plan)["net.ipv4.tcp_rto_max_ms"] == nil)
  }
}
