import Glibc
import Linux
import Testing

@testable import Laboratory

/// What is said of a refused namespace, from captured settings.
final class ConfinementTests {
  private let root: String

  init() {
    var template = Array("/tmp/laboratory-tests.XXXXXX".utf8CString)
    root = mkdtemp(&template).map { String(cString: $0) } ?? "/nonexistent"
    for folder in ["sys", "sys/user", "sys/kernel", "self"] { mkdir("\(root)/\(folder)", 0o755) }
  }

  deinit {
    for (path, _, _, _) in Self.settings { unlink("\(root)/\(path)") }
    for folder in ["sys/user", "sys/kernel", "sys", "self", ""] { rmdir("\(root)/\(folder)") }
  }

  static let settings: [(path: String, text: String, code: Errno, reason: String)] = [
    ("sys/user/max_user_namespaces", "0\n", .noSpace, " (user.max_user_namespaces is 0)"),
    (
      "sys/kernel/apparmor_restrict_unprivileged_userns", "1\n", .notPermitted,
      " (kernel.apparmor_restrict_unprivileged_userns is 1)"
    ),
    (
      "sys/kernel/unprivileged_userns_clone", "0\n", .notPermitted,
      " (kernel.unprivileged_userns_clone is 0)"
    ),
    (
      "self/status", "Name:\tx\nSeccomp:\t2\nSeccomp_filters:\t1\n", .notPermitted,
      " (a seccomp filter, as containers have, forbids it)"
    ),
    ("self/status", "Name:\tx\nSeccomp:\t0\n", .notPermitted, ""),
    (
      "sys/user/max_user_namespaces", "1000\n", .noSpace, " (the limit of namespaces is reached)"
    ),
  ]

  @Test(arguments: settings)
  func `a refusal names the setting that forbids`(
    path: String, text: String, code: Errno, reason: String
  ) throws {
    try AtomicFile.write(text.utf8, to: "\(root)/\(path)")
    let error = SystemCallError(call: "unshare", subject: "CLONE_NEWUSER", code: code)
    let told = Confinement.reason(for: error, files: ProcFS(root: root))
    #expect(told == "unshare CLONE_NEWUSER: \(code)" + reason)
  }
}
