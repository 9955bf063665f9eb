import Foundation
import TemporaryFolders
import Testing

/// Files of targets, from a harmless profile and from one that tries to get out of each language.
enum EmittedTargets {
  /// Where `make` puts programs, readers and validators from PyPI.
  static let peers = "\(Machine.package)/.build/peers/bin"
  static let python: String = {
    let own = "\(peers)/python3"
    return FileManager.default.isExecutableFile(atPath: own)
      ? own : Machine.program("python3") ?? "python3"
  }()

  static let canMount =
    geteuid() == 0
    && (try? Run(["/usr/bin/env", "unshare", "-mn", "mount", "-t", "tmpfs", "none", "/mnt"]).code)
      == 0

  static let hasYAML = hasModule("yaml")

  static func hasModule(_ name: String) -> Bool {
    (try? Run([python, "-c", "import \(name)"]).code) == 0
  }

  static func has(_ program: String?) -> Bool {
    guard let program else { return true }
    let known = (try? Run(["/usr/bin/env", "sh", "-c", "command -v \(program)"]).code) == 0
    if !known { print("skipped: \(program) is not installed here") }
    return known
  }

  /// Whether there is a file of a name with wildcards.
  static func hasFile(_ pattern: String) -> Bool {
    let known = (try? Run(["/bin/sh", "-c", "ls -d \(pattern)"]).code) == 0
    if !known { print("skipped: there is no \(pattern) here") }
    return known
  }

  /// What may end a comment, a string, a block, a template or a line in one of the languages.
  static let evil = [
    "'; exec { 'evil': command => '/bin/evil' } #", "\" } evil = \"", "${evil}", "$(evil)",
    "`evil`", "#{evil}", "{{ evil }}", "{% evil %}", "{# evil #}", "*/ evil(); /*", "END OF FILE",
    "\\", "\\'", "'''", "''${evil}", "%{evil}", "]]>", "--- evil: 1", "&a *a !!evil", "\t- evil",
    "' || evil '", "\\u000aevil", "%0A::error::evil", "??/",
    // For Swift a mark with an accent is another character, for everybody else the same byte.
    "'\u{301}; evil; '\u{301}", "\"\u{301} + evil + \"\u{301}", "$\u{301}{evil}", "${\u{301}evil}",
    "#{\u{301}evil}", "%{\u{301}evil}", "{{\u{301} evil }}\u{301}", "{%\u{301} evil %}\u{301}",
    "*/\u{301} evil(); /*\u{301}", "\\u\u{301}000a", "\\\u{301}",
    // Wherever a comment is folded, a line ends with one.
    Array(repeating: "\\", count: 50).joined(separator: " "),
  ]

  private static func hostileProfile() throws -> String {
    let text = try evil.map {
      String(decoding: try JSONEncoder().encode($0), as: UTF8.self).dropFirst().dropLast()
    }.joined(separator: " ")
    return """
      schema: 1
      name: server
      summary: "\(text)"
      levers: [sysctl]
      connections:
        - name: "\(text)"
          sets: { SO_KEEPALIVE: 1 }
          objectives:
            idle: { within: 15min, survive: 60s, why: "\(text)", source: "\(text)" }
      sysctls:
        net.ipv4.tcp_rmem: { value: [4096, 131072, 6291456], why: "\(text)" }
        net.ipv4.tcp_fin_timeout: { value: 30, why: "\(text)", source: "\(text)" }
      """
  }

  /// Emits targets into a folder.
  /// - Parameter code: how that ends.
  static func emitted(_ targets: [String], hostile: Bool, code: Int32 = 0) throws -> TemporaryFolder
  {
    let folder = try TemporaryFolder(["evil.yaml": try hostileProfile()])
    let profile = hostile ? "\(folder.path)/evil.yaml" : "server"
    let run = try Run.tool(
      ["emit"] + targets + ["--profile", profile, "--output-dir", "\(folder.path)/out"])
    try #require(run.code == code, "\(run.complaint)")
    return folder
  }

  /// Returns what a file sets, as the reader for its target has it.
  static func values(_ target: String, in folder: TemporaryFolder) throws -> [String: String] {
    let files = try #require(
      FileManager.default.enumerator(atPath: "\(folder.path)/out")?.allObjects as? [String])
    let endings = [
      "defaults/main.yml", "tuned.conf", ".sls", ".bu", ".ign", ".nix", ".rb", "-tasks.yml",
      "user-data.yaml", ".sh", ".compose.yaml", ".pod.yaml", ".tf", ".json", ".gke.yaml", ".mime",
      ".toml", ".talos.yaml", ".talos-machine.yaml", ".tuned.yaml",
      "saptune/tcpadvisor-server.conf",
    ]
    let file = try #require(
      files.first { name in endings.contains { name.hasSuffix($0) } || name.hasPrefix("60-") },
      "\(files)")
    let run = try Run([
      python, Machine.fixture("emitted/values.py"), target, "\(folder.path)/out/\(file)",
    ])
    #expect(run.code == 0, "\(target): \(run.complaint)")
    return try JSONDecoder().decode([String: String].self, from: Data(run.output.utf8))
  }
}
