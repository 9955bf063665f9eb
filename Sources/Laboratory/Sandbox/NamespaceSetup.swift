import Linux
import TCPModel

/// Entering namespaces of one's own, or saying why not.
enum NamespaceSetup {
  /// - Returns: why it was refused; nil once this process is alone with its network.
  static func enter() -> String? {
    let (user, group) = (Credentials.user, Credentials.group)
    if user == 0, showsMoreToRoot(release), entersAsRoot() { return nil }
    do throws(SystemCallError) {
      try NetworkNamespace.enterNewWithUser()
      mapToRoot(user: user, group: group)
      // Shows whether its rights are real: AppArmor may let it in and deny them all.
      try NetworkNamespace.bringUp("lo")
      return nil
    } catch {
      let reason = SandboxDenial(error).text
      guard user == 0 else { return reason }
      if let objection = objection(toRootOf: release) { return "\(reason); \(objection)" }
      return entersAsRoot() ? nil : reason
    }
  }

  private static var release: KernelVersion? {
    (try? ProcFS().text("sys/kernel/osrelease")).flatMap {
      KernelVersion(String($0.prefix { $0 != "\n" }))
    }
  }

  /// Returns why a network namespace is not enough for a root who may write all sysctls; nil if it
  /// is.
  static func objection(toRootOf kernel: KernelVersion?) -> String? {
    let first = KernelRules.firstWithNamespacedTCP
    guard let kernel, kernel < first else { return nil }
    return "before Linux \(first) root would need it too, for sysctls of TCP may be the host's"
  }

  /// Whether a root without a user namespace sees sysctls that one with it does not, and may write
  /// those that are not the host's.
  static func showsMoreToRoot(_ kernel: KernelVersion?) -> Bool {
    guard let kernel, objection(toRootOf: kernel) == nil else { return false }
    return kernel < KernelRules.firstWithNeighboursInUserNamespaces
  }

  private static func entersAsRoot() -> Bool {
    do throws(SystemCallError) {
      try NetworkNamespace.enterNew()
      try NetworkNamespace.bringUp("lo")
      return true
    } catch {
      return false
    }
  }

  /// Makes this user root in the new namespace where the kernel lets us; nothing here needs it.
  private static func mapToRoot(user: UInt32, group: UInt32) {
    let files = ProcFS(root: "/proc/self")
    _ = try? files.write("deny", to: "setgroups")
    _ = try? files.write("0 \(user) 1", to: "uid_map")
    _ = try? files.write("0 \(group) 1", to: "gid_map")
  }
}
