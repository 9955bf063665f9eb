import Linux

/// A call that was refused, with what is known of the cause and of a remedy.
struct Refusal {
  let error: SystemCallError
  private let files: ProcFS
  private let user: UInt32

  init(_ error: SystemCallError, files: ProcFS = ProcFS(), user: UInt32 = Credentials.user) {
    (self.error, self.files, self.user) = (error, files, user)
  }

  /// For example `unshare CLONE_NEWNET: ENOSPC (user.max_net_namespaces is 0; root can raise it)`.
  var text: String {
    let hints = error.call == "unshare" || error.call == "ioctl" ? namespaceHints : socketHints
    return hints.isEmpty ? "\(error)" : "\(error) (\(hints.joined(separator: "; ")))"
  }

  /// Settings that forbid namespaces, each with the errno that it leads to.
  private static let forbidding: [(key: String, value: String, codes: [Errno], remedy: String)] = [
    ("user.max_user_namespaces", "0", [.noSpace], "root can raise it"),
    ("user.max_net_namespaces", "0", [.noSpace], "root can raise it"),
    ("kernel.unprivileged_userns_clone", "0", [.notPermitted], "root can set it to 1"),
    (
      "kernel.apparmor_restrict_unprivileged_userns", "1", [.notPermitted, .accessDenied],
      "root may, and a program whose AppArmor profile says “userns,”"
    ),
  ]

  private var namespaceHints: [String] {
    let found = Self.forbidding.filter {
      $0.codes.contains(error.code) && isSet($0.key, to: $0.value)
    }
    if let last = found.last { return found.map { "\($0.key) is \($0.value)" } + [last.remedy] }
    switch error.code {
    case .noSpace:
      return ["the limit of namespaces is reached", "user.max_net_namespaces is one of them"]
    case .invalidArgument: return missingFeature
    case .notPermitted, .accessDenied, .noSystemCall: return confinement
    default: return socketHints
    }
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
    if let status = try? files.text("self/status"), status.contains("\nSeccomp:\t2\n") {
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

  /// Whether the root is where something is mounted, the fifth word; after a chroot it seldom is.
  private static func hasRoot(_ mounts: String) -> Bool {
    mounts.split(separator: "\n").contains { $0.split(separator: " ").dropFirst(4).first == "/" }
  }

  private var socketHints: [String] {
    switch error.code {
    case .tooManyOpenFiles:
      return ["at most \(OpenFiles.limit) files may be open", "ulimit -Hn is the limit"]
    case .addressFamilyNotSupported where error.subject == "TCP over IPv6":
      return ["the kernel has no IPv6, or ipv6.disable=1 switches it off"]
    case .addressNotAvailable:
      let keys = ["all", "lo"].map { "net.ipv6.conf.\($0).disable_ipv6" }
      return keys.filter { isSet($0, to: "1") }.prefix(1).map { "\($0) is 1" }
    case .noEntry where error.subject == "/proc/self/exe": return ["/proc is not mounted"]
    default: return []
    }
  }

  private func isSet(_ key: String, to value: String) -> Bool {
    (try? files.text("sys/" + String(key.map { $0 == "." ? "/" : $0 }))) == value + "\n"
  }

  private func exists(_ name: String) -> Bool { (try? files.inode(name)) != nil }
}
