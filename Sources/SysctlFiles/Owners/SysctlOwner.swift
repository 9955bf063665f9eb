/// A program besides the boot's loader that sets sysctls.
package struct SysctlOwner: Sendable {
  package let name: String
  /// Returns what it does on a host, as files show it.
  private let act: @Sendable (inout OwnerReader) -> OwnerAct?

  init(_ name: String, _ act: @escaping @Sendable (inout OwnerReader) -> OwnerAct?) {
    (self.name, self.act) = (name, act)
  }

  /// Returns what it does on a host; nil if nothing shows that it is there and sets anything.
  package func act(on files: any HostFiles) -> OwnerAct? {
    var reader = OwnerReader(files)
    guard var act = act(&reader) else {
      return reader.unread.isEmpty
        ? nil : OwnerAct(owner: name, because: "its files cannot be read", unread: reader.unread)
    }
    (act.owner, act.unread) = (name, reader.unread)
    return act
  }

  /// In the order in which they begin: networks and firewalls before services.
  package static let all: [SysctlOwner] = [
    commandLine, kernelPackage, networkd, ufw, cloudInit, docker, kubelet, saptune, tuned, bpftune,
  ]
}

/// What an owner does on one host.
package struct OwnerAct: Hashable, Sendable {
  package fileprivate(set) var owner: String
  /// What shows that it does, such as `active profile throughput-performance`.
  package let because: String
  package let settings: [OwnedSetting]
  /// Whether it does so at every boot.
  package let isAtBoot: Bool
  /// Whether that is before the loader reads files, which then win.
  package let isBeforeFiles: Bool
  /// Whether it afterwards sets again what the files of `/run` and `/etc` say, as TuneD does.
  package let reappliesFiles: Bool
  /// The keys that it then leaves out, as patterns of fnmatch(3).
  let reappliesNot: [String]
  /// What it is to be told instead, in words; nil where the file that shows it says enough.
  package let remedy: String?
  /// Files that could not be read, with the errno's name.
  package fileprivate(set) var unread: [String: String]

  package init(
    owner: String = "", because: String, settings: [OwnedSetting] = [], isAtBoot: Bool = true,
    isBeforeFiles: Bool = false, reappliesFiles: Bool = false, reappliesNot: [String] = [],
    remedy: String? = nil,
    unread: [String: String] = [:]
  ) {
    (self.owner, self.because, self.settings) = (owner, because, settings)
    (self.isAtBoot, self.isBeforeFiles) = (isAtBoot, isBeforeFiles)
    (self.reappliesFiles, self.reappliesNot) = (reappliesFiles, reappliesNot)
    (self.remedy, self.unread) = (remedy, unread)
  }
}

/// A value that an owner gives to a key, or that it chooses itself.
package struct OwnedSetting: Hashable, Sendable {
  package let pattern: SysctlPattern
  /// Nil if it depends on what the owner finds as it runs.
  package let value: String?
  /// How it is chosen where the owner is told so, such as `>2048`.
  package let rule: String?
  /// Where it shows.
  package let file: String
  /// From 1; nil if no line of the file says it.
  package let line: Int?

  /// `FILE:LINE`, or the file alone.
  package var place: String { FilePlace(file, line).description }

  package init(
    _ pattern: SysctlPattern, _ value: String?, rule: String? = nil, in file: String,
    line: Int? = nil
  ) {
    (self.pattern, self.value, self.rule) = (pattern, value, rule)
    (self.file, self.line) = (file, line)
  }

  init(
    _ name: String, _ value: String?, rule: String? = nil, in file: String, line: Int? = nil
  ) {
    self.init(SysctlPattern(parsing: name), value, rule: rule, in: file, line: line)
  }
}
