import Foundation
import TemporaryFolders
import Testing

/// The playbook that rolls a plan out, run by ansible-playbook against several hosts.
struct EmitRolloutTests {
  private static let ansible = "\(EmittedTargets.peers)/ansible-playbook"

  @Test(
    Machine.needs(ansible, "sshd", "ssh", "ssh-keygen", "nsenter"),
    .enabled("only root may mount") { EmittedTargets.canMount })
  func `rollout: it changes hosts once, ends at the batch that fails, and is taken back`() throws {
    let folder = try EmittedTargets.emitted(["ansible-role"], hostile: false)
    let run = try Run([
      "/usr/bin/timeout", "-s", "KILL", "900", "unshare", "-mp", "--fork", "--kill-child",
      "--mount-proc", "sh", Machine.fixture("rollout/run.sh"), Machine.sharedExecutable,
      folder.path, Self.ansible,
    ])
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
}
