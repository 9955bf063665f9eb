import Linux

/// Entering namespaces of one's own, or saying why not.
enum Confinement {
  /// - Returns: why it was refused; nil once this process is alone with its network.
  static func enter() -> String? {
    let (user, group) = (Credentials.user, Credentials.group)
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

  /// Settings that forbid namespaces, each with the errno that it leads to.
  private static let forbidding: [(key: String, value: String, codes: [Errno])] = [
    ("user.max_user_namespaces", "0", [.noSpace]),
    ("user.max_net_namespaces", "0", [.noSpace]),
    ("kernel.unprivileged_userns_clone", "0", [.notPermitted]),
    ("kernel.apparmor_restrict_unprivileged_userns", "1", [.notPermitted, .accessDenied]),
  ]

  private static func knownCauses(for code: Errno, _ files: ProcFS) -> [String] {
    let found = forbidding.filter { key, value, codes in
      let path = "sys/" + String(key.map { $0 == "." ? "/" : $0 })
      return codes.contains(code) && (try? files.text(path)) == value + "\n"
    }
    if !found.isEmpty { return found.map { "\($0.key) is \($0.value)" } }
    if code == .noSpace { return ["the limit of namespaces is reached"] }
    if code == .invalidArgument { return ["the kernel has no user namespaces"] }
    let status = (try? files.text("self/status")) ?? ""
    if code == .notPermitted, status.split(separator: "\n").contains("Seccomp:\t2") {
      return ["a seccomp filter, as containers have, forbids it"]
    }
    return []
  }

  /// Makes this user root in the new namespace where the kernel lets us; nothing here needs it.
  private static func mapToRoot(user: UInt32, group: UInt32) {
    let files = ProcFS(root: "/proc/self")
    _ = try? files.write("deny", to: "setgroups")
    _ = try? files.write("0 \(user) 1", to: "uid_map")
    _ = try? files.write("0 \(group) 1", to: "gid_map")
  }
}
