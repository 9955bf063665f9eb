import Glibc
import Linux

/// Entering namespaces of one's own, or saying why not.
enum Confinement {
  /// - Returns: why it was refused; nil once this process is alone with its network.
  static func enter() -> String? {
    let (user, group) = (getuid(), getgid())
    do throws(SystemCallError) {
      try NetworkNamespace.enterNewWithUser()
      mapToRoot(user: user, group: group)
      return nil
    } catch {
      if user == 0, (try? NetworkNamespace.enterNew()) != nil { return nil }
      return reason(for: error)
    }
  }

  /// The error with what the host's settings say about it.
  static func reason(for error: SystemCallError, files: ProcFS = ProcFS()) -> String {
    let causes = knownCauses(for: error.code, files)
    return causes.isEmpty ? "\(error)" : "\(error) (\(causes.joined(separator: "; ")))"
  }

  private static func knownCauses(for code: Errno, _ files: ProcFS) -> [String] {
    let refusing = [
      ("user.max_user_namespaces", "0"), ("user.max_net_namespaces", "0"),
      ("kernel.unprivileged_userns_clone", "0"),
      ("kernel.apparmor_restrict_unprivileged_userns", "1"),
    ]
    var causes = refusing.compactMap { key, value -> String? in
      let path = "sys/" + String(key.map { $0 == "." ? "/" : $0 })
      guard let text = try? files.text(path), text == value + "\n" else { return nil }
      return "\(key) is \(value)"
    }
    if causes.isEmpty, code == .noSpace { causes = ["the limit of namespaces is reached"] }
    if causes.isEmpty, code == .invalidArgument { causes = ["the kernel has no user namespaces"] }
    let status = (try? files.text("self/status")) ?? ""
    if causes.isEmpty, code == .notPermitted, status.contains("\nSeccomp:\t2\n") {
      causes = ["a seccomp filter, as containers have, forbids it"]
    }
    return causes
  }

  /// Makes this user root in the new namespace where the kernel lets us; nothing here needs it.
  private static func mapToRoot(user: uid_t, group: gid_t) {
    let files = ProcFS(root: "/proc/self")
    _ = try? files.write("deny", to: "setgroups")
    _ = try? files.write("0 \(user) 1", to: "uid_map")
    _ = try? files.write("0 \(group) 1", to: "gid_map")
  }
}
