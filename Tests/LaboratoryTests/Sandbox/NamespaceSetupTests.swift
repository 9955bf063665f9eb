import Glibc
import Linux
import TCPModel
import TemporaryFolders
import Testing

@testable import Laboratory

/// What is said of a refused namespace, from captured settings.
final class NamespaceSetupTests {
  private let folder: TemporaryFolder
  private var root: String { folder.path }

  init() throws {
    folder = try TemporaryFolder()
    for name in ["sys/user", "sys/kernel", "self/ns"] { try folder.makeFolder(name) }
  }

  static let settings: [(path: String, text: String, code: Errno, reason: String)] = [
    (
      "sys/user/max_user_namespaces", "0\n", .noSpace,
      " (user.max_user_namespaces is 0; root can raise it)"
    ),
    (
      "sys/kernel/apparmor_restrict_unprivileged_userns", "1\n", .notPermitted,
      " (kernel.apparmor_restrict_unprivileged_userns is 1; "
        + "root may, and a program whose AppArmor profile says “userns,”)"
    ),
    (
      "sys/kernel/unprivileged_userns_clone", "0\n", .notPermitted,
      " (kernel.unprivileged_userns_clone is 0; root can set it to 1)"
    ),
    (
      "self/status", "Name:\tx\nSeccomp:\t2\nSeccomp_filters:\t1\n", .notPermitted,
      " (a seccomp filter, as containers have, forbids it; "
        + "the host, or a container without that filter, lets it measure)"
    ),
    ("self/status", "Name:\tx\nSeccomp:\t0\n", .notPermitted, ""),
    (
      "sys/user/max_user_namespaces", "1000\n", .noSpace,
      " (the limit of namespaces is reached; user.max_net_namespaces is one of them)"
    ),
    (
      "self/uid_map", "0 1000 1\n", .notPermitted,
      " (user 65534 has no place in /proc/self/uid_map; a mapped user may)"
    ),
    ("self/uid_map", "         0          0 4294967295\n", .notPermitted, ""),
    (
      "self/mountinfo", "22 21 0:5 / /proc rw - proc proc rw\n", .notPermitted,
      " (in a chroot there are no user namespaces; outside there are)"
    ),
    ("self/mountinfo", "22 21 0:5 / / rw - ext4 /dev/vda rw\n", .notPermitted, ""),
    ("self/ns/user", "", .invalidArgument, " (the kernel has no network namespaces)"),
    ("self/ns/net", "", .invalidArgument, " (the kernel has no user namespaces)"),
  ]

  @Test(arguments: settings)
  func `namespace setup: a refusal names the setting that forbids`(
    path: String, text: String, code: Errno, reason: String
  ) throws {
    try AtomicFile.write(text.utf8, to: "\(root)/\(path)")
    let error = SystemCallError(call: "unshare", subject: "CLONE_NEWUSER", code: code)
    let told = SandboxDenial(error, files: ProcFS(root: root), user: 65_534).text
    #expect(told == "unshare CLONE_NEWUSER: \(code)" + reason)
  }

  @Test(arguments: [
    ("unshare", "CLONE_NEWNET"), ("RTM_NEWLINK", "link 1"), ("socket", "AF_NETLINK route"),
  ])
  func `namespace setup: whatever a namespace fails by, the setting is named`(
    call: String, subject: String
  ) throws {
    let path = "sys/kernel/unprivileged_userns_clone"
    try AtomicFile.write("0\n".utf8, to: "\(root)/\(path)")
    let error = SystemCallError(call: call, subject: subject, code: .notPermitted)
    #expect(
      SandboxDenial(error, files: ProcFS(root: root), user: 0).text
        == "\(call) \(subject): EPERM (kernel.unprivileged_userns_clone is 0; root can set it to 1)"
    )
  }

  @Test(arguments: [
    ("3.10.0-1160.el7", true), ("4.9.337", true), ("4.14.5", false), ("6.18.44", false),
  ])
  func `namespace setup: where sysctls may be the host's, root alone gets no sandbox`(
    release: String, isRefused: Bool
  ) throws {
    let kernel = try #require(KernelVersion(release))
    #expect((NamespaceSetup.objection(toRootOf: kernel) != nil) == isRefused)
  }

  /// Release, whether root does without a user namespace, which would hide sysctls of neighbours.
  @Test(arguments: [
    ("4.12", false), ("4.14", true), ("5.10.0-32-cloud-amd64", true), ("5.16", true),
    ("5.17", false), ("6.18", false), ("", false),
  ])
  func `namespace setup: root keeps its user namespace where that shows more`(
    release: String, isKept: Bool
  ) {
    #expect(NamespaceSetup.showsMoreToRoot(KernelVersion(release)) == isKept)
  }
}
