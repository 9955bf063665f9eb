import CLinux

/// What a process keeps the right to do; whatever is not named it gives up for good.
package struct Rights: OptionSet, Hashable, Sendable {
  package let rawValue: UInt32

  package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Writing files and making folders.
  package static let files = Rights(rawValue: 1)
  /// Sockets of the internet.
  package static let network = Rights(rawValue: 2)
  /// Looking into other processes: their namespaces, their descriptors and duplicates of these.
  package static let processes = Rights(rawValue: 4)
  /// Entering network namespaces that are there.
  package static let namespaces = Rights(rawValue: 8)
  /// Ending children that were started before.
  package static let children = Rights(rawValue: 16)
  /// Starting programs, which have the same rights.
  package static let programs = Rights(rawValue: 32)
  /// Making namespaces and changing the settings of these: what a sandbox does.
  package static let ownNamespaces = Rights(rawValue: 64)

  /// The system calls that go with what is given up.
  var refusedCalls: UInt32 {
    var refused = 0
    if !contains(.files) { refused |= CLINUX_CALLS_FILES }
    if isDisjoint(with: [.files, .ownNamespaces]) { refused |= CLINUX_CALLS_WRITING }
    if !contains(.network) { refused |= CLINUX_CALLS_NETWORK }
    if !contains(.processes) { refused |= CLINUX_CALLS_PROCESSES }
    if isDisjoint(with: [.children, .programs]) { refused |= CLINUX_CALLS_SIGNALS }
    if !contains(.programs) { refused |= CLINUX_CALLS_PROGRAMS }
    if !contains(.namespaces) { refused |= CLINUX_CALLS_NAMESPACES }
    if !contains(.ownNamespaces) { refused |= CLINUX_CALLS_NEW_NAMESPACES }
    return UInt32(refused)
  }

  /// What root needs for what is kept.
  var capabilities: Set<Capability> {
    // Files that others hide are read all the same.
    var needed: Set<Capability> = [.dacReadSearch]
    if contains(.files) { needed.formUnion([.dacOverride, .chown, .fowner]) }
    if contains(.network) { needed.formUnion([.netBindService, .netRaw]) }
    if contains(.processes) { needed.insert(.sysPtrace) }
    if contains(.namespaces) { needed.formUnion([.sysAdmin, .sysPtrace]) }
    if contains(.ownNamespaces) { needed.formUnion([.sysAdmin, .netAdmin, .netRaw]) }
    return needed
  }

  /// Whether files can be guarded by place: from within Landlock no process that is not, too, can be
  /// looked into (`hook_ptrace_access_check`).
  var allowLandlock: Bool { !contains(.processes) }
}
