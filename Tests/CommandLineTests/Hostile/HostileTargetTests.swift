import Foundation
import TemporaryFolders
import Testing

/// What is emitted is the same whatever a profile's texts say, but for comments and quoted text.
@Suite(Machine.needs("python3")) struct HostileTargetTests {
  private static let profile = """
    {"schema": 1, "name": "named", "summary": "EVIL",
    "connections": [
      {"name": "out EVIL", "sets": {"SO_KEEPALIVE": 1}, "objectives": {
        "connect": {"within": "10s", "survive": "3s", "why": "EVIL", "source": "EVIL"},
        "idle": {"within": "2min", "survive": "20s", "why": "EVIL", "source": "EVIL"},
        "send": {"within": "2min", "survive": "20s", "why": "EVIL", "source": "EVIL"}}},
      {"name": "in EVIL", "direction": "inbound", "objectives": {
        "idle": {"within": "3min", "survive": "20s", "why": "EVIL"}}}],
    "sysctls": {"net.ipv4.tcp_fin_timeout": {"value": 30, "why": "EVIL", "source": "EVIL"},
      "net.ipv4.tcp_congestion_control": {"value": "reno", "why": "EVIL"}}}
    """

  private static func emitted(_ evil: String, in folder: TemporaryFolder) throws -> Run {
    let text = String(decoding: try JSONEncoder().encode(evil), as: UTF8.self)
    try folder.write(
      "profile.yaml", profile.replacing("EVIL", with: text.dropFirst().dropLast()))
    let targets = try Run.tool("emit", "--list", "--json").json["targets"].array
      .compactMap { $0["name"].string }
    return try Run.tool(
      ["emit"] + targets + ["--json", "--profile", "\(folder.path)/profile.yaml"])
  }

  /// In two orders: what ends a comment early may hide what comes after it.
  @Test(arguments: [EmittedTargets.evil, EmittedTargets.evil.reversed()])
  func `hostile: nothing gets out of comments and quotes`(evil: [String]) throws {
    let folder = try TemporaryFolder()
    let hostile = try Self.emitted("evil " + evil.joined(separator: " "), in: folder)
    let harmless = try Self.emitted("harmless", in: folder)
    #expect(hostile.code < 2 && hostile.code == harmless.code, "\(hostile.complaint)")
    let run = try Run([
      EmittedTargets.python, Machine.fixture("emitted/skeleton.py"),
      try folder.write("hostile.json", hostile.output),
      try folder.write("harmless.json", harmless.output),
    ])
    #expect(run.code == 0 && run.output.isEmpty, "\(run.output)\(run.complaint)")
  }
}
