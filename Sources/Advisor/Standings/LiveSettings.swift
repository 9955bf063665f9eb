import SysctlFiles
package import TCPModel

/// What the keys hold that files are held against.
package struct LiveSettings: Sendable {
  package let snapshot: SettingsSnapshot
  /// Whether anything was read; the files of an image have nothing beside them.
  package let isRead: Bool
  /// How a command is run in the namespace that was read, where that is another than the shell's.
  package let prefix: String?

  package init(_ snapshot: SettingsSnapshot, isRead: Bool = true, prefix: String? = nil) {
    (self.snapshot, self.isRead, self.prefix) = (snapshot, isRead, prefix)
  }

  /// Of each machine only the first network namespace shows this key.
  package static let keyOfFirstNamespace = SysctlKey("net.core.netdev_max_backlog")

  /// Whether it is a network namespace beside the one that boots; a capture that may be a part says
  /// nothing of that.
  package var isOtherNamespace: Bool {
    isRead && snapshot.capture == nil && snapshot[Self.keyOfFirstNamespace] == .absent
      && snapshot[.tcpRetries2] != .absent
  }

  /// The keys of the catalogue that hold something else than their default. Names are left out: which
  /// is the default the kernel's configuration says.
  package var changedKeys: [SysctlKey] {
    guard isRead, let kernel = snapshot.kernel else { return [] }
    return SysctlCatalog.all.filter { sysctl in
      guard sysctl.unit != .name, let usual = sysctl.defaultValue(in: kernel),
        let printed = snapshot[sysctl.key].printed
      else { return false }
      return printed != usual
    }.map(\.key)
  }

  /// Returns the last that the kernel takes of what is written to a key; nil if there is none. What an
  /// owner chooses it takes.
  func lastTaken(of writes: [BootWrite], by key: SysctlKey) -> BootWrite? {
    writes.last { write in
      write.value.map { WrittenValue($0, to: key, on: snapshot) != .refused } ?? true
    }
  }
}
