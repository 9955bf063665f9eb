import Linux

/// Entering namespaces of one's own, or saying why not.
enum Confinement {
  /// - Returns: why it was refused; nil once this process is alone with its network.
  static func enter() -> String? {
    let (user, group) = (Credentials.user, Credentials.group)
    do throws(SystemCallError) {
      try NetworkNamespace.enterNewWithUser()
      mapToRoot(user: user, group: group)
      // Shows whether its rights are real: AppArmor may let it in and deny them all.
      try NetworkNamespace.bringUp("lo")
      return nil
    } catch {
      if user == 0, entersAsRoot() { return nil }
      return Refusal(error).text
    }
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
