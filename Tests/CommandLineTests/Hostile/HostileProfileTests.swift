import Foundation
import TemporaryFolders
import Testing

/// Nothing that comes from outside gets through: hostile texts in every field of a profile, looked
/// for in every output.
@Suite(.serialized, Machine.needs("python3")) struct HostileProfileTests {
  private static let profile = """
    {"schema": 1, "name": "named", "summary": "s", "extends": ["base"], "levers": ["socket", "sysctl"],
    "path": {"rtt": "10ms", "middleboxes": ["box"]},
    "connections": [{"name": "n", "software": "program", "match": {"process": "p", "user": "u"},
      "objectives": {"connect": {"within": "10s", "why": "w", "source": "s"},
        "idle": {"within": "2min", "survive": "20s", "why": "w", "source": "s"}}},
      {"name": "m", "match": {"remote_port": 80}, "objectives": {"send": {"within": "1ms", "why": "w"}}}],
    "sysctls": {"net.ipv4.tcp_fin_timeout": {"value": 30, "why": "w", "source": "s"},
      "net.ipv4.tcp_congestion_control": {"value": "cubic", "why": "w"}, "vm.swappiness": {"value": "1"}},
    "sysctls_allowed": ["net.*"], "lint": {"ignore": [{"rule": "TA001", "why": "w"}]},
    "middleboxes": {"box": {"idle_timeout": "60s", "on_expiry": "drop", "tcp_keepalive_counts": true,
      "checked_on": "2026-11-21", "source": "s", "notes": "n"}},
    "software": {"program": {"summary": "s", "direction": "outbound", "notes": "n", "source": "s",
      "checked_on": "2026-11-21"}}}
    """

  @Test(arguments: HostileWords.allCases) func `nothing passes: a profile`(words: HostileWords)
    throws
  {
    let outputs = try HostileOutputs()
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/evil.yaml"

    let (profile, count) = try HostileDocument(Self.profile).variants(of: words.documentText) {
      profile in
      try folder.write("evil.yaml", profile)
      return try outputs.run(["profiles", "validate", path], as: "text").code == 0
    }
    #expect(count >= 8, "\(profile)")
    try folder.write("evil.yaml", profile)
    let given = ["--profile", path, "--from", Machine.stock]
    for way in HostileFormats.check {
      try outputs.run(["check"] + given + way.words, as: way.format)
    }
    for way in HostileFormats.report {
      try outputs.run(["advise", "--no-measure"] + given + way.words, as: way.format)
    }
    for way in HostileFormats.fleet {
      try outputs.run(["fleet", "--profile", path, Machine.stock] + way.words, as: way.format)
    }
    for way in HostileFormats.probe {
      try outputs.run(["probe", "--profile", path, "127.0.0.1:80"] + way.words, as: way.format)
    }
    for way in HostileFormats.sockets {
      try outputs.run(["sockets", "--profile", path] + way.words, as: way.format)
    }
    for way in HostileFormats.answer {
      try outputs.run(["profiles", "show", path] + way.words, as: way.format)
      try outputs.run(["profiles", "validate", path] + way.words, as: way.format)
    }
    try Self.emit(path, to: outputs)
    try outputs.expectHarmless()
  }

  /// Every target, as a file and in JSON.
  private static func emit(_ profile: String, to outputs: HostileOutputs) throws {
    let targets = try Run.tool("emit", "--list", "--json").json["targets"].array
      .compactMap { $0["name"].string }
    try outputs.run(["emit"] + targets + ["--profile", profile], as: "emitted")
    try outputs.run(["emit"] + targets + ["--profile", profile, "--json"], as: "json")
    let folder = try TemporaryFolder()
    try outputs.run(
      ["emit"] + targets + ["--profile", profile, "--output-dir", folder.path], as: "emitted")
    let files = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []
    #expect(files.count > targets.count)
    for file in files {
      if let bytes = try? folder.bytes(file) { try outputs.keep(bytes, as: "emitted", of: [file]) }
    }
  }
}
