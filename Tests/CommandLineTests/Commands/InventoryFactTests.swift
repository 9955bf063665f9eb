import Foundation
import TemporaryFolders
import Testing

/// What tells Puppet and Salt how a host stands, held against facter and salt-call.
struct InventoryFactTests {
  private static let fact = "\(Machine.package)/Packaging/puppet/facts.d"
  private static let grain = "\(Machine.package)/Packaging/salt/_grains/tcpadvisor.py"

  /// A folder with the binary of the tests under its own name, and the options of the host.
  private static func host(_ options: String = "") throws -> TemporaryFolder {
    let folder = try TemporaryFolder(["defaults": options])
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/tcpadvisor", withDestinationPath: Machine.executable)
    return folder
  }

  private static func environment(_ folder: TemporaryFolder, hasTool: Bool = true) -> [String:
    String]
  {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return [
      "PATH": hasTool ? "\(folder.path):\(path)" : path, "HOME": folder.path,
      "TCPADVISOR_DEFAULTS": "\(folder.path)/defaults",
    ]
  }

  /// What `check` misses on this host, by ids.
  private static func missed(_ profile: String) throws -> Set<String> {
    let findings = try Run.tool("check", "--profile", profile, "--json").json["findings"].array
    return Set(
      findings.filter { $0["status"].string == "missed" && $0["kind"].string != "drift" }
        .filter { $0["severity"].string == "error" && $0["rule"].isNull }
        .compactMap(\.["id"].string))
  }

  @Test(Machine.needs("facter"), arguments: ["server", "database-server"])
  func `facter: the fact says what check says, of the profiles of the host`(profile: String) throws
  {
    let folder = try Self.host("CHECK_OPTIONS=\"--profile \(profile) --fail-on never\"\n")
    let run = try Run(
      ["/usr/bin/env", "facter", "--external-dir", Self.fact, "tcpadvisor", "--json"],
      environment: Self.environment(folder))
    let fact = try JSON(parsingOther: run.output)["tcpadvisor"]
    #expect(fact["profile"].string == profile, "\(run)")
    let missed = Set(fact["missed"].array.compactMap(\.string))
    #expect(missed == (try Self.missed(profile)))
  }

  @Test(Machine.needs("facter"))
  func `facter: without the program there is no fact, and no complaint`()
    throws
  {
    let folder = try Self.host()
    let run = try Run(
      ["/usr/bin/env", "facter", "--external-dir", Self.fact, "tcpadvisor", "--json"],
      environment: Self.environment(folder, hasTool: false))
    #expect(run.code == 0 && run.complaint == "")
    #expect(try JSON(parsingOther: run.output)["tcpadvisor"].isNull)
  }

  @Test(.enabled(if: EmittedTargets.has("\(EmittedTargets.peers)/salt-call")))
  func `salt: the grain says what check says, and nothing without the program`() throws {
    let folder = try Self.host("CHECK_OPTIONS='--profile=database-server'\n")
    try folder.write(
      "ext/grains/tcpadvisor.py", try String(contentsOfFile: Self.grain, encoding: .utf8))
    try folder.write(
      "minion",
      """
      root_dir: \(folder.path)
      extension_modules: \(folder.path)/ext
      file_client: local
      enable_fqdns_grains: false

      """)
    for hasTool in [true, false] {
      let run = try Run(
        [
          "\(EmittedTargets.peers)/salt-call", "--local", "--config-dir", folder.path,
          "grains.item", "tcpadvisor", "--out=json",
        ], environment: Self.environment(folder, hasTool: hasTool))
      let grain = try JSON(parsingOther: run.output)["local"]["tcpadvisor"]
      let missed = grain["missed"].array.compactMap(\.string)
      #expect(Set(missed) == (hasTool ? try Self.missed("database-server") : []), "\(run)")
    }
  }

  @Test(Machine.needs("shellcheck")) func `facts: shellcheck finds nothing`() throws {
    let run = try Run(["/usr/bin/env", "shellcheck", "\(Self.fact)/tcpadvisor"])
    #expect(run.code == 0, "\(run.output)")
  }
}
