import Foundation
import TemporaryFolders
import Testing

/// What is emitted for hosts, read and applied by the programs that it is for.
struct EmitHostTests {
  /// Each target of a host with the program that reads it, beside Python.
  private static let readers: [(target: String, program: String?)] = [
    ("sysctl", nil), ("ansible", nil), ("ansible-role", nil),
    ("salt", "\(EmittedTargets.peers)/salt-call"), ("cloud-init", nil),
    ("butane", nil), ("ignition", nil), ("tuned", nil), ("nixos", "nix-instantiate"),
    ("chef", "ruby"),
  ]

  @Test(.enabled("no PyYAML here") { EmittedTargets.hasYAML }, arguments: [false, true])
  func `emit: what each target of a host sets is what the drop-in sets`(hostile: Bool) throws {
    let wanted = try EmittedTargets.values(
      "sysctl", in: EmittedTargets.emitted(["sysctl"], hostile: hostile))
    #expect(wanted.count >= 3)
    for (target, program) in Self.readers where EmittedTargets.has(program) {
      let found = try EmittedTargets.values(
        target, in: EmittedTargets.emitted([target], hostile: hostile))
      #expect(found == wanted, "\(target)")
    }
  }

  @Test(arguments: [false, true])
  func `emit: programs that only check find nothing wrong`(hostile: Bool) throws {
    // Names may have a $ in them, which stands for itself.
    let puppetLint =
      "puppet-lint --fail-on-warnings --no-single_quote_string_with_variables-check"
    let ansibleLint = "\(EmittedTargets.peers)/ansible-lint"
    let lintForProduction =
      "HOME=$PWD PATH=\(EmittedTargets.peers):$PATH ansible-lint --offline --profile production -q"
    let checks: [(target: String, program: String, command: String)] = [
      ("puppet", "puppet", "HOME=$PWD puppet parser validate *.pp"),
      ("puppet-augeasproviders", "puppet", "HOME=$PWD puppet parser validate *.pp"),
      ("puppet-thias", "puppet", "HOME=$PWD puppet parser validate *.pp"),
      ("puppet", "puppet-lint", "\(puppetLint) --no-140chars-check *.pp"),
      ("puppet-augeasproviders", "puppet-lint", "\(puppetLint) *.pp"),
      ("puppet-thias", "puppet-lint", "\(puppetLint) *.pp"),
      ("ignition", "ignition-validate", "ignition-validate *.ign"),
      ("cloud-init", "cloud-init", "cloud-init schema --config-file *-user-data.yaml"),
      ("shell", "shellcheck", "shellcheck *.sh"), ("shell", "sh", "sh -n *.sh"),
      ("ansible", "yamllint", "yamllint -s *.yml"),
      // Profiles in files/ are as their authors wrote them.
      (
        "ansible-role", "yamllint",
        "yamllint -s -d '{extends: default, ignore: tcpadvisor_server/files/}' tcpadvisor_server"
      ),
      ("ansible", ansibleLint, "\(lintForProduction) *.yml"),
      ("ansible-role", ansibleLint, "rm -r */files; \(lintForProduction) ."),
    ]
    for (target, program, command) in checks where EmittedTargets.has(program) {
      let folder = try EmittedTargets.emitted([target], hostile: hostile)
      let run = try Run(["/bin/sh", "-c", command], in: "\(folder.path)/out")
      #expect(run.code == 0, "\(target): \(run.output)\(run.complaint)")
    }
  }

  /// What each step says, with the live value that counts.
  private static let steps: [String: [String]] = [
    "sysctl": [
      "first: procps 180, systemd, 180", "second: procps 180, systemd, 180",
      "drifted: procps 180, systemd, 180",
    ],
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
      "checked: changed 3 failed 0, 7200", "first: changed 5 failed 0, 180",
      "second: changed 0 failed 0, 180", "drifted: changed 2 failed 0, 180",
    ],
  ]
  private static let appliers: [(target: String, program: String?)] = [
    ("sysctl", "/lib/systemd/systemd-sysctl"), ("shell", "sysctl"), ("puppet", "puppet"),
    ("ansible", "ansible-playbook"),
    ("ansible-role", "ansible-playbook"), ("tuned", "tuned"),
    ("salt", "\(EmittedTargets.peers)/salt-call"),
  ]

  @Test(
    .enabled("only root may mount") { EmittedTargets.canMount }, arguments: appliers)
  func `emit: applied twice it changes once, and again after a drift`(
    target: String, program: String?
  ) throws {
    guard EmittedTargets.has(program) else { return }
    let folder = try EmittedTargets.emitted([target], hostile: false)
    let script = Machine.fixture("emitted/live.sh")
    let run = try Run(
      ["/usr/bin/env", "unshare", "-mnp", "--fork", "--kill-child", "--mount-proc"]
        + ["sh", script, target, "\(folder.path)/out", EmittedTargets.peers])
    #expect(
      run.lines.dropLast().map(String.init) == Self.steps[target], "\(run.output)\(run.complaint)")
  }
}
