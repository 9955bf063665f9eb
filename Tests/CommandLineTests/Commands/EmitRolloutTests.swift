import Foundation
import TemporaryFolders
import Testing

/// The playbook that rolls a plan out, run by ansible-playbook against several hosts.
struct EmitRolloutTests {
  private static let ansible = "\(EmittedTargets.peers)/ansible-playbook"

  /// Runs a script of hosts in namespaces of their own, which are gone when it ends.
  private static func rollout(_ script: String, in folder: TemporaryFolder) throws -> Run {
    try Run([
      "/usr/bin/timeout", "-s", "KILL", "900", "unshare", "-mp", "--fork", "--kill-child",
      "--mount-proc", "sh", Machine.fixture("rollout/\(script)"), Machine.sharedExecutable,
      folder.path, ansible,
    ])
  }

  @Test(
    Machine.needs(ansible, "sshd", "ssh", "ssh-keygen", "nsenter"),
    .enabled("only root may mount") { EmittedTargets.canMount })
  func `rollout: it changes hosts once, ends at the batch that fails, and is taken back`() throws {
    let folder = try EmittedTargets.emitted(["ansible-role"], hostile: false)
    let run = try Self.rollout("run.sh", in: folder)
    #expect(
      run.output == """
        checked: exit 0
          a: changed 5, failed 0; 7200 no file
          b: changed 5, failed 0; 7200 no file
          c: changed 5, failed 0; 7200 no file
          d: changed 5, failed 0; 7200 no file
        lines that --diff shows: 4
        refused: exit 2
          a: changed 6, failed 0; 180 60-tcpadvisor-server.conf
          b: changed 5, failed 1; 7200 60-tcpadvisor-server.conf
          c: changed 2, failed 0; 7200 no file
          d: changed 2, failed 0; 7200 no file
        first: exit 0
          a: changed 0, failed 0; 180 60-tcpadvisor-server.conf
          b: changed 2, failed 0; 180 60-tcpadvisor-server.conf
          c: changed 4, failed 0; 180 60-tcpadvisor-server.conf
          d: changed 4, failed 0; 180 60-tcpadvisor-server.conf
        second: exit 0
          a: changed 0, failed 0; 180 60-tcpadvisor-server.conf
          b: changed 0, failed 0; 180 60-tcpadvisor-server.conf
          c: changed 0, failed 0; 180 60-tcpadvisor-server.conf
          d: changed 0, failed 0; 180 60-tcpadvisor-server.conf
        missed: exit 2
          a: changed 3, failed 1; 7200 60-tcpadvisor-server.conf
          b: not there; 180 60-tcpadvisor-server.conf
          c: not there; 180 60-tcpadvisor-server.conf
          d: not there; 180 60-tcpadvisor-server.conf
        missed: server.idle.within: ends after 2 h 11 min–2 h 14 min, 1 h 58 min late
        undone: exit 0
          a: changed 3, failed 0; 7200 no file
          b: changed 3, failed 0; 7200 no file
          c: changed 3, failed 0; 7200 no file
          d: changed 3, failed 0; 7200 no file
        out/tcpadvisor-snapshots/a.json snapshot 180
        out/tcpadvisor-snapshots/b.json snapshot 180
        out/tcpadvisor-snapshots/c.json snapshot 180
        out/tcpadvisor-snapshots/d.json snapshot 180
        measured on 1 of 4

        """, "\(run.output)\(run.complaint)")
  }

  @Test(
    Machine.needs(ansible, "sshd", "ssh", "ssh-keygen", "nsenter"),
    .enabled("only root may mount") { EmittedTargets.canMount })
  func
    `rollout: profiles that are not built in come with the role, and what programs have to do is left`()
    throws
  {
    let folder = try TemporaryFolder([
      "profiles/own/own.yaml": """
      schema: 1
      name: own
      summary: What the site asks, and a bound that sysctls cannot keep.
      extends: ["../site.yaml"]
      connections:
        - name: own
          sets: { SO_KEEPALIVE: 1 }
          objectives: { idle: { within: 15min, survive: 60s }, connect: { within: 5s } }

      """,
      "profiles/site.yaml": """
      schema: 1
      name: site
      summary: What all of them share.
      extends: [base]
      path: { rtt: 1ms..20ms }

      """,
      "extra.yaml": """
      schema: 1
      name: extra
      summary: Another one.
      connections:
        - { name: extra, sets: { SO_KEEPALIVE: 1 }, objectives: { idle: { within: 20min } } }

      """,
    ])
    let emitted = try Run.tool(
      "emit", "ansible-role", "--profile", "\(folder.path)/profiles/own/own.yaml", "--output-dir",
      "\(folder.path)/out")
    #expect(emitted.code == 0)
    let role = "out/tcpadvisor_own"
    for file in ["own/own.yaml", "site.yaml"] {
      #expect(
        try folder.text("\(role)/files/own/\(file)") == folder.text("profiles/\(file)"))
    }
    #expect(try folder.text("\(role)/vars/main.yml").contains("!unsafe \"own.connect.within\""))
    let run = try Self.rollout("own.sh", in: folder)
    #expect(
      run.output == """
        checked: exit 0
          a: changed 5, failed 0; 7200
          b: changed 5, failed 0; 7200
          c: changed 5, failed 0; 7200
          d: changed 5, failed 0; 7200
        first: exit 0
          a: changed 7, failed 0; 180
          b: changed 7, failed 0; 180
          c: changed 7, failed 0; 180
          d: changed 7, failed 0; 180
        second: exit 0
          a: changed 0, failed 0; 180
          b: changed 0, failed 0; 180
          c: changed 0, failed 0; 180
          d: changed 0, failed 0; 180
        4 hosts judged, 4 missed, 0 unknown
        such as a, b, c
        /var/lib/tcpadvisor/profiles/own/own/own.yaml
        /var/lib/tcpadvisor/profiles/own/site.yaml
        other: exit 0
          a: changed 1, failed 0; 180
          b: changed 1, failed 0; 180
          c: changed 1, failed 0; 180
          d: changed 1, failed 0; 180
        /var/lib/tcpadvisor/profiles/other.yaml
        /var/lib/tcpadvisor/profiles/own/own/own.yaml
        /var/lib/tcpadvisor/profiles/own/site.yaml

        """, "\(run.output)\(run.complaint)")
  }
}
