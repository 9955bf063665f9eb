import CLinux

/// What this process has given up, for good, and what the kernel did not let it give up.
package struct Confinement: Sendable {
  package let rights: Rights
  /// Those it had and has no more; no others come back by starting a program.
  package private(set) var dropped: Set<Capability> = []
  package private(set) var kept: Set<Capability> = []
  /// Whether no program that it starts gets more rights than it has (PR_SET_NO_NEW_PRIVS).
  package private(set) var hasNoNewPrivileges = false
  /// Whether calls that go with what it has given up are refused (seccomp(2)).
  package private(set) var filtersCalls = false
  /// The version of Landlock, if that guards files.
  package private(set) var landlock: Int?
  /// What is missing, for example on an older kernel.
  package private(set) var failures: [SystemCallError] = []

  /// Gives up whatever is not named: do it before anything foreign is read, and before threads are
  /// made, which have the rights of whoever made them.
  ///
  /// What the kernel lacks is left out and told: it is one guard fewer, not a reason to do nothing.
  /// - Parameter paths: where `Rights.files` and `Rights.ownNamespaces` may write.
  package static func enter(keeping rights: Rights, writing paths: [String] = []) -> Confinement {
    var confinement = Confinement(rights: rights)
    confinement.giveUpPrivileges()
    confinement.dropCapabilities()
    if rights.allowLandlock { confinement.guardFiles(writing: paths) }
    confinement.filterCalls()
    return confinement
  }

  private init(rights: Rights) { self.rights = rights }

  private mutating func giveUpPrivileges() {
    do throws(SystemCallError) {
      try wrappedCall("prctl", on: "PR_SET_NO_NEW_PRIVS") { clinux_forbid_new_privileges() }
      hasNoNewPrivileges = true
    } catch {
      failures.append(error)
    }
  }

  private mutating func dropCapabilities() {
    do throws(SystemCallError) {
      var bits: UInt64 = 0
      try wrappedCall("capget", on: "this process") { clinux_permitted_capabilities(&bits) }
      let before = Set<Capability>(bits: bits)
      let kept = before.intersection(rights.capabilities)
      try wrappedCall("capset", on: "this process") { clinux_keep_capabilities(kept.bits) }
      (self.kept, dropped) = (kept, before.subtracting(kept))
    } catch {
      failures.append(error)
    }
  }

  private mutating func guardFiles(writing paths: [String]) {
    do throws(SystemCallError) {
      landlock = try WritablePlaces.restrict(to: paths)
    } catch {
      failures.append(error)
    }
  }

  private mutating func filterCalls() {
    do throws(SystemCallError) {
      try wrappedCall("prctl", on: "PR_SET_SECCOMP") { clinux_refuse_calls(rights.refusedCalls) }
      filtersCalls = true
    } catch {
      failures.append(error)
    }
  }
}
