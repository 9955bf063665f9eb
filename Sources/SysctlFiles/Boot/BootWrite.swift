/// A value that is written to a key at boot, and where it comes from.
package struct BootWrite: Hashable, Sendable {
  /// Nil for the boot's loader.
  package let owner: String?
  /// Nil if the owner chooses it as it runs.
  package private(set) var value: String?
  /// How the owner is told to choose it, such as `>2048`.
  package let rule: String?
  /// Whether the owner takes it from a sysctl file.
  package let isReapplied: Bool
  package let file: String
  /// From 1; nil if no line of the file says it.
  package let line: Int?

  init(_ entry: SysctlEntry, by owner: String? = nil) {
    (self.owner, value, file, line) = (owner, entry.value, entry.file, entry.line)
    (rule, isReapplied) = (nil, owner != nil)
  }

  init(_ setting: OwnedSetting, by owner: String) {
    (self.owner, value, rule) = (owner, setting.value, setting.rule)
    (file, line, isReapplied) = (setting.file, setting.line, false)
  }

  /// Returns the same where it is known what the owner chooses.
  package func choosing(_ value: String) -> BootWrite {
    var write = self
    write.value = value
    return write
  }

  /// `FILE:LINE`, or the file alone.
  package var place: String { FilePlace(file, line).description }
}
