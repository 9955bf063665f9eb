import Linux
import TCPModel

/// A call that was refused, with what is known of the cause and of a remedy.
struct SandboxDenial {
  let error: SystemCallError
  private let files: ProcFS
  private let user: UInt32

  init(_ error: SystemCallError, files: ProcFS = ProcFS(), user: UInt32 = Credentials.user) {
    (self.error, self.files, self.user) = (error, files, user)
  }

  /// For example `unshare CLONE_NEWNET: ENOSPC (user.max_net_namespaces is 0; root can raise it)`.
  var text: String {
    let hints = isOfNamespace ? namespaceHints : socketHints
    return hints.isEmpty ? "\(error)" : "\(error) (\(hints.joined(separator: "; ")))"
  }

  /// Whether a namespace was to be entered, or its loopback brought up.
  private var isOfNamespace: Bool {
    error.call == "unshare" || error.call.hasPrefix("RTM_")
      || error.subject.hasPrefix("AF_NETLINK")
  }

  private var namespaceHints: [String] {
    switch error.code {
    case .noSpace:
      let limits = settings("user.max_user_namespaces", "user.max_net_namespaces", at: "0")
      return limits.isEmpty
        ? ["the limit of namespaces is reached", "user.max_net_namespaces is one of them"]
        : limits + ["root can raise it"]
    case .invalidArgument: return missingFeature
    case .notPermitted, .accessDenied, .noSystemCall: return prohibition ?? confinement
    default: return socketHints
    }
  }

  /// The setting of a distribution that forbids namespaces.
  private var prohibition: [String]? {
    let clone = settings("kernel.unprivileged_userns_clone", at: "0")
    if !clone.isEmpty { return clone + ["root can set it to 1"] }
    let profile = settings("kernel.apparmor_restrict_unprivileged_userns", at: "1")
    return profile.isEmpty
      ? nil : profile + ["root may, and a program whose AppArmor profile says “userns,”"]
  }

  /// What the kernel was built without (`copy_net_ns`, `unshare_userns`).
  private var missingFeature: [String] {
    for (file, name) in [("net", "network"), ("user", "user")] where exists("self/ns/.") {
      if !exists("self/ns/\(file)") { return ["the kernel has no \(name) namespaces"] }
    }
    return []
  }

  /// What keeps a process from rights that its user would have (`create_user_ns`).
  private var confinement: [String] {
    let status = (try? files.text("self/status")) ?? ""
    if status.split(separator: "\n").contains("Seccomp:\t2") {
      return [
        "a seccomp filter, as containers have, forbids it",
        "the host, or a container without that filter, lets it measure",
      ]
    }
    if let map = try? files.text("self/uid_map"), !Self.maps(map, user) {
      return ["user \(user) has no place in /proc/self/uid_map", "a mapped user may"]
    }
    if let mounts = try? files.text("self/mountinfo", limit: 1 << 20), !Self.hasRoot(mounts) {
      return ["in a chroot there are no user namespaces", "outside there are"]
    }
    return []
  }

  /// Lines of `uid_map` hold the first number inside, the first outside, how many.
  private static func maps(_ map: String, _ user: UInt32) -> Bool {
    map.split(separator: "\n").contains { line in
      let numbers = line.split(separator: " ").compactMap { UInt64($0) }
      return numbers.count == 3 && UInt64(user) >= numbers[0]
        && UInt64(user) - numbers[0] < numbers[2]
    }
  }

  /// Returns whether the root is where something is mounted, the fifth word; after a chroot it
  /// seldom is.
  private static func hasRoot(_ mounts: String) -> Bool {
    mounts.split(separator: "\n").contains { $0.split(separator: " ").dropFirst(4).first == "/" }
  }

  private var socketHints: [String] {
    switch error.code {
    case .tooManyOpenFiles:
      return ["at most \(DescriptorLimit.limit) files may be open", "ulimit -Hn is the limit"]
    case .addressFamilyNotSupported where error.subject == "TCP over IPv6":
      return ["the kernel has no IPv6, or ipv6.disable=1 switches it off"]
    case .addressNotAvailable:
      let keys = settings(
        "net.ipv6.conf.all.disable_ipv6", "net.ipv6.conf.lo.disable_ipv6", at: "1")
      return Array(keys.prefix(1))
    case .noEntry where error.subject == "/proc/self/exe": return ["/proc is not mounted"]
    default: return []
    }
  }

  /// Returns those of the keys that hold a value, with it.
  private func settings(_ keys: String..., at value: String) -> [String] {
    var found: [String] = []
    for key in keys where (try? files.text("sys/\(SysctlKey(key).path)")) == value + "\n" {
      found.append("\(key) is \(value)")
    }
    return found
  }

  private func exists(_ name: String) -> Bool { (try? files.inode(name)) != nil }
}
