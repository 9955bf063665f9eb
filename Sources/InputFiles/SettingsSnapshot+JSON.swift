package import TCPModel

extension SettingsSnapshot {
  /// A snapshot as the command `snapshot` writes it.
  ///
  /// JSON is YAML, so the one reader for both serves, with its places and limits.
  package init(reading source: ProfileSource) throws(ProfileError) {
    let root = try Node.document(in: source)
    let host = try Self.part("host", of: root)
    let sysctls = try Self.part("sysctls", of: root)
    var readings: [SysctlKey: SysctlReading] = [:]
    for entry in sysctls.entries {
      let key = SysctlKey(entry.key)
      readings[key] = SysctlReading(parsing: try entry.value.settingText(), for: SysctlCatalog[key])
    }
    for entry in root["unreadable"]?.entries ?? [] {
      readings[SysctlKey(entry.key)] = .denied(try entry.value.settingText())
    }
    self.init(
      source: source.file,
      kernel: try host["kernel"].flatMap(Self.known)?.settingText().kernelVersion,
      tickRate: try host["hz"].flatMap(Self.known).flatMap { (node) throws(ProfileError) in
        TickRate(hertz: try node.integer(in: 1...10_000, called: "hz"))
      },
      namespace: try host["netns"].flatMap(Self.known)?.settingText(), readings: readings)
  }

  private static func part(_ name: String, of root: Node) throws(ProfileError) -> Node {
    guard let part = root[name], case .map = part.content else {
      throw ProfileError("no snapshot: the field “\(name)” is missing or no map", at: root.mark)
    }
    return part
  }

  /// What is unknown stands as null.
  private static func known(_ node: Node) -> Node? { node.isNull ? nil : node }
}

extension Node {
  /// A value as it was written; it may be empty.
  fileprivate func settingText() throws(ProfileError) -> String {
    guard case .scalar(let text, _) = content else {
      throw ProfileError("\(kind) stands where a value is needed", at: mark)
    }
    return text
  }
}

extension String {
  fileprivate var kernelVersion: KernelVersion? { KernelVersion(self) }
}
