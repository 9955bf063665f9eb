import Foundation
import TemporaryFolders
import Testing

/// What is emitted for hosts, read and applied by the programs that it is for.
struct EmitHostTests {
  /// Each target of a host with the program that reads it, beside Python.
  private static let readers: [(target: String, program: String?)] = [
    ("sysctl", nil), ("ansible", nil), ("ansible-role", nil), ("salt", nil), ("cloud-init", nil),
    ("butane", nil), ("ignition", nil), ("tuned", nil), ("nixos", "nix-instantiate"),
    ("chef", "ruby"),
  ]
  private static let hasYAML =
    (try? Run(["/usr/bin/env", "python3", "-c", "import yaml"]).code) == 0
  private static let isRoot = geteuid() == 0

  private static func has(_ program: String?) -> Bool {
    guard let program else { return true }
    let known = (try? Run(["/usr/bin/env", "sh", "-c", "command -v \(program)"]).code) == 0
    if !known { print("skipped: \(program) is not installed here") }
    return known
  }

  /// What may end a comment, a string, a block, a template or a line in one of the languages.
  private static let evil = [
    "'; exec { 'evil': command => '/bin/evil' } #", "\" } evil = \"", "${evil}", "$(evil)",
    "`evil`", "#{evil}", "{{ evil }}", "{% evil %}", "{# evil #}", "*/ evil(); /*", "END OF FILE",
    "\\", "\\'", "'''", "''${evil}", "%{evil}", "]]>", "--- evil: 1", "&a *a !!evil", "\t- evil",
    "' || evil '",
  ]

  private func hostileProfile() throws -> String {
    let text = try Self.evil.map {
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
  private func emitted(_ targets: [String], hostile: Bool) throws -> TemporaryFolder {
    let folder = try TemporaryFolder(["evil.yaml": try hostileProfile()])
    let profile = hostile ? "\(folder.path)/evil.yaml" : "server"
    let run = try Run.tool(
      ["emit"] + targets + ["--profile", profile, "--output-dir", "\(folder.path)/out"])
    try #require(run.code == 0, "\(run.complaint)")
    return folder
  }

  private func values(_ target: String, in folder: TemporaryFolder) throws -> [String: String] {
    let files = try #require(
      FileManager.default.enumerator(atPath: "\(folder.path)/out")?.allObjects as? [String])
    let endings = ["defaults/main.yml", "tuned.conf", ".sls", ".bu", ".ign", ".nix", ".rb"]
    let file = try #require(
      files.first { name in
        endings.contains { name.hasSuffix($0) } || name.hasSuffix("-tasks.yml")
          || name.hasSuffix("user-data.yaml") || name.hasPrefix("60-")
      }, "\(files)")
    let script = try #require(
      Bundle.module.url(
        forResource: "values", withExtension: "py", subdirectory: "Fixtures/emitted")
    ).path
    let run = try Run(
      ["/usr/bin/env", "python3", script, target, "\(folder.path)/out/\(file)"])
    #expect(run.code == 0, "\(target): \(run.complaint)")
    return try JSONDecoder().decode([String: String].self, from: Data(run.output.utf8))
  }

  @Test(.enabled("no PyYAML here") { hasYAML }, arguments: [false, true])
  func `emit: what each target of a host sets is what the drop-in sets`(hostile: Bool) throws {
    let wanted = try values("sysctl", in: emitted(["sysctl"], hostile: hostile))
    #expect(wanted.count >= 3)
    for (target, program) in Self.readers where Self.has(program) {
      let found = try values(target, in: emitted([target], hostile: hostile))
      #expect(found == wanted, "\(target)")
    }
  }

  @Test(arguments: [false, true])
  func `emit: programs that only check find nothing wrong`(hostile: Bool) throws {
    let checks: [(target: String, program: String, command: String)] = [
      ("puppet", "puppet", "HOME=$PWD puppet parser validate *.pp"),
      ("puppet-augeasproviders", "puppet", "HOME=$PWD puppet parser validate *.pp"),
      ("puppet-thias", "puppet", "HOME=$PWD puppet parser validate *.pp"),
      ("ignition", "ignition-validate", "ignition-validate *.ign"),
      ("cloud-init", "cloud-init", "cloud-init schema --config-file *-user-data.yaml"),
      ("shell", "shellcheck", "shellcheck *.sh"), ("shell", "sh", "sh -n *.sh"),
      ("ansible", "yamllint", "yamllint -s *.yml"),
      ("ansible-role", "yamllint", "yamllint -s tcpadvisor_server"),
    ]
    for (target, program, command) in checks where Self.has(program) {
      let folder = try emitted([target], hostile: hostile)
      let run = try Run(["/bin/sh", "-c", command], in: "\(folder.path)/out")
      #expect(run.code == 0, "\(target): \(run.output)\(run.complaint)")
    }
  }

  /// What each step says, with the live value that counts.
  private static let steps: [String: [String]] = [
    "shell": [
      "first: applied, 180", "second: applied, 180", "drifted: applied, 180",
      "undone: 7200, 0 files",
    ],
    "puppet": ["first: 2, 180", "second: 0, 180", "drifted: 2, 180"],
    "tuned": ["first: 0, 180", "drifted: 1, 77", "undone: 7200"],
    "salt": [
      "first: changed 5 failed 0, 180", "second: changed 0 failed 0, 180",
      "drifted: changed 1 failed 0, 180",
    ],
    "ansible": [
      "first: changed 5 failed 0, 180", "second: changed 0 failed 0, 180",
      "drifted: changed 1 failed 0, 180",
    ],
    "ansible-role": [
      "checked: changed 2 failed 0, 7200", "first: changed 3 failed 0, 180",
      "second: changed 0 failed 0, 180", "drifted: changed 2 failed 0, 180",
    ],
  ]
  private static let appliers: [(target: String, program: String?)] = [
    ("shell", "sysctl"), ("puppet", "puppet"), ("ansible", "ansible-playbook"),
    ("ansible-role", "ansible-playbook"), ("tuned", "tuned"), ("salt", nil),
  ]

  @Test(
    .enabled("only root may mount") { isRoot && OwnMounts.areAllowed }, arguments: appliers)
  func `emit: applied twice it changes once, and again after a drift`(
    target: String, program: String?
  ) throws {
    guard Self.has(program), target != "salt" || Self.hasSalt else { return }
    let folder = try emitted([target], hostile: false)
    let script = try #require(
      Bundle.module.url(forResource: "live", withExtension: "sh", subdirectory: "Fixtures/emitted")
    ).path
    let run = try Run(
      ["/usr/bin/env", "unshare", "-mnp", "--fork", "--kill-child", "--mount-proc"]
        + ["sh", script, target, "\(folder.path)/out", EmittedProgramTests.clients ?? ""])
    #expect(
      run.lines.dropLast().map(String.init) == Self.steps[target], "\(run.output)\(run.complaint)")
  }

  private static let hasSalt: Bool = {
    let known = EmittedProgramTests.clients.map {
      FileManager.default.fileExists(atPath: "\($0)/bin/salt-call")
    }
    if known != true { print("skipped: salt is not installed here") }
    return known == true
  }()

  private enum OwnMounts {
    static let areAllowed =
      (try? Run(["/usr/bin/env", "unshare", "-mn", "mount", "-t", "tmpfs", "none", "/mnt"]).code)
      == 0
  }
}
