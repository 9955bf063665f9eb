import Advisor
import Foundation
import TCPModel
import Testing

@testable import InputFiles

struct BuiltInProfilesTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Profiles").standardizedFileURL

  @Test
  func `built-in profiles: the folder Profiles holds what is embedded and nothing else`() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).sorted()
    #expect(files.filter { $0 != "catalogue" } == BuiltInProfiles.names.map { "\($0).yaml" })
    let catalogue = Self.folder.appending(path: "catalogue")
    let names = try FileManager.default.contentsOfDirectory(atPath: catalogue.path).sorted()
    #expect(names == BuiltInProfiles.catalogue.keys.map { "\($0).yaml" }.sorted())
    for (name, bytes) in BuiltInProfiles.catalogue {
      let text = try Data(contentsOf: catalogue.appending(path: "\(name).yaml"))
      #expect(bytes == Array(text), "\(name) was not built anew")
    }
    for name in BuiltInProfiles.names {
      let data = try Data(contentsOf: Self.folder.appending(path: "\(name).yaml"))
      #expect(BuiltInProfiles.bytes(of: name) == Array(data), "\(name) was not built anew")
    }
  }

  @Test func `built-in profiles: their names are sorted and each has a summary`() {
    #expect(
      BuiltInProfiles.names == [
        "base", "bastion", "database-client", "database-server", "high-availability",
        "kubernetes-pod", "long-haul", "message-broker", "reverse-proxy", "rpc-client", "server",
        "web-frontend",
      ])
    for name in BuiltInProfiles.names {
      #expect(BuiltInProfiles.summary(of: name)?.hasSuffix(".") == true)
    }
    #expect(BuiltInProfiles.summary(of: "none") == nil)
    #expect(BuiltInProfiles.bytes(of: "none") == nil)
  }

  @Test(arguments: BuiltInProfiles.names)
  func `built-in profiles: each is read and named like its file`(name: String) throws {
    let profile = try BuiltInProfiles.profile(named: name)
    #expect(profile.name == name)
    #expect(profile.file == "built-in/\(name).yaml")
    #expect(!profile.summary.isEmpty)
    #expect(!profile.groups.isEmpty)
    let (written, limit) = try (#require(BuiltInProfiles.bytes(of: name)), 100)
    let lines = String(decoding: written, as: UTF8.self).split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= limit || $0.contains("/latest/") })
  }

  @Test func `built-in profiles: an unknown one is refused with the nearest`() {
    let error = #expect(throws: ProfileError.self) {
      try BuiltInProfiles.profile(named: "database-cleint")
    }
    #expect(error?.nearest == "database-client")
    #expect(error?.location == nil)
    #expect(error?.message.contains("a file is named by its path") == true)
  }

  @Test(arguments: BuiltInProfiles.names)
  func `built-in profiles: every number says why and where from`(name: String) throws {
    let source = ProfileSource(
      file: "\(name).yaml", bytes: try #require(BuiltInProfiles.bytes(of: name)))
    let root = try Node.document(in: source).without(["schema", "middleboxes"])
    let unexplained = Self.unexplained(in: root)
    #expect(unexplained.isEmpty)
    let profile = try BuiltInProfiles.profile(named: name)
    let objectives = profile.groups.flatMap(\.objectives)
    #expect(objectives.isEmpty == (name == "base"))
    #expect(objectives.allSatisfy { $0.why != nil && $0.source != nil })
    #expect(profile.sysctls.allSatisfy { $0.why != nil && $0.source != nil })
  }

  /// The places of numbers whose map lacks a reason or a source.
  private static func unexplained(in node: Node) -> [FileLocation] {
    let isExplained = node["why"] != nil && node["source"] != nil
    return node.entries.flatMap { entry in
      switch entry.value.content {
      case .scalar where !isExplained && isNumber(entry.value):
        [entry.mark.location]
      case .list(let nodes) where !isExplained && nodes.contains(where: isNumber):
        [entry.mark.location]
      case .scalar: [FileLocation]()
      case .list(let nodes): nodes.flatMap(unexplained)
      case .map: unexplained(in: entry.value)
      }
    }
  }

  private static func isNumber(_ node: Node) -> Bool {
    guard case .scalar(let text, isPlain: true) = node.content else { return false }
    return text.first?.isNumber == true
  }

  @Test func `built-in profiles: a number without a reason would be found`() throws {
    let yaml = "a: [{b: {rtt: 1ms, why: x}}]\nc: {d: 1, why: x, source: y, e: {f: 2s, g: [1, 2]}}"
    let node = try Node.document(in: ProfileSource(file: "x", bytes: Array(yaml.utf8)))
    #expect(Self.unexplained(in: node).map(\.column) == [10, 34, 41])
  }

  @Test func `built-in profiles: every middlebox of the catalogue has a day and a source`() throws {
    let base = try Node.document(
      in: ProfileSource(file: "base", bytes: #require(BuiltInProfiles.bytes(of: "base"))))
    let names = try #require(base["middleboxes"]).entries.map(\.key)
    #expect(names.count >= 30)
    let yaml = profile(
      "path: { middleboxes: [\(names.joined(separator: ", "))] }\n"
        + "objectives: { idle: { within: 1h } }")
    let middleboxes = try #require(try read(yaml).groups.first).middleboxes
    #expect(middleboxes.map(\.name) == names)
    #expect(middleboxes.allSatisfy { $0.checkedOn == "2026-11-21" && $0.source != nil })
    #expect(middleboxes.allSatisfy { $0.tcpKeepaliveCounts || $0.onExpiry != .drop })
  }

  @Test(arguments: [
    ("aws-nlb", 350, Middlebox.Expiry.reset, true), ("aws-nat-gateway", 350, .reset, true),
    ("aws-alb", 60, .close, false), ("azure-load-balancer", 240, .drop, true),
    ("gcp-vpc-firewall", 600, .drop, true), ("gcp-cloud-nat", 1200, .drop, true),
    ("ipvs", 900, .reset, true), ("nf-conntrack", 432_000, .drop, true),
    ("cisco-asa", 3600, .drop, true), ("cloudflare-gateway", 270, .close, false),
    ("rfc5382-nat", 7440, .drop, true),
  ])
  func `built-in profiles: the catalogue has the documented times`(
    name: String, seconds: Int, expiry: Middlebox.Expiry, counts: Bool
  ) throws {
    let yaml = profile("path: { middleboxes: \(name) }\nobjectives: { idle: { within: 1h } }")
    let middlebox = try #require(try read(yaml).groups.first?.middleboxes.first)
    #expect(middlebox.idleTimeout == .seconds(seconds))
    #expect(middlebox.onExpiry == expiry)
    #expect(middlebox.tcpKeepaliveCounts == counts)
  }

  @Test func `built-in profiles: server is quiet`() throws {
    let group = try #require(try BuiltInProfiles.profile(named: "server").groups.first)
    #expect(group.levers == [.sysctl])
    #expect(group.sets == SocketOptions([.keepalive: 1]))
    #expect(group.objectives.map(\.scenario) == [.connect, .idle, .send])
    #expect(group.objectives.map { $0.within?.time } == [nil, .seconds(900), nil])
    #expect(
      group.objectives.map { $0.survive?.time } == [.seconds(30), .seconds(60), .seconds(100)])
    #expect(group.objectives.allSatisfy { $0.recover == nil })
  }

  @Test(arguments: [
    ("database-client", "pool"), ("database-server", "clients"), ("database-server", "replication"),
    ("high-availability", "virtual-address"), ("long-haul", "to-the-other-region"),
    ("reverse-proxy", "upstream"), ("rpc-client", "calls"),
  ])
  func `built-in profiles: keepalive and user timeout of a built-in profile can agree`(
    name: String, connections: String
  ) throws {
    let groups = try BuiltInProfiles.profile(named: name).groups
    let objectives = try #require(groups.first { $0.name == connections }).objectives
    let send = try #require(objectives.first { $0.scenario == .send }?.within?.time)
    let idle = try #require(objectives.first { $0.scenario == .idle })
    let (within, survive) = try (#require(idle.within?.time), #require(idle.survive?.time))
    // The user timeout is the time of `send` less the first wait and a late timer.
    let user = send - .seconds(1)
    let plans = (10...300).flatMap { idle in (1...300).map { (idle, $0) } }.filter {
      let (idle, interval) = (Duration.seconds($0), Duration.seconds($1))
      let probes = Int(((user - idle) / interval).rounded(.up))
      return idle + interval * 2 < user && probes >= 3 && interval * (probes - 1) >= survive
        && idle + interval * probes <= within
    }
    #expect(!plans.isEmpty)
  }

  @Test
  func `built-in profiles: the examples in the comments of the built-in profiles can be read`()
    throws
  {
    var count = 0
    for name in BuiltInProfiles.names {
      for example in try Self.examples(in: name) where !example.contains("...") {
        #expect(throws: Never.self) { try read(example) }
        count += 1
      }
    }
    #expect(count == 10)
  }

  /// The whole profiles that stand in comments, from `schema` to the end of the comment.
  private static func examples(in name: String) throws -> [String] {
    let bytes = try #require(BuiltInProfiles.bytes(of: name))
    let lines = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    var examples: [String] = []
    var current: [Substring]?
    for line in lines {
      if line.hasPrefix("#     schema: 1") { current = [] }
      guard line.hasPrefix("#     "), current != nil else {
        if let example = current { examples.append(example.joined(separator: "\n")) }
        current = nil
        continue
      }
      current?.append(line.dropFirst(6))
    }
    return examples
  }
}
