package import TCPModel

/// A line that keeps a planned value from holding.
package struct SysctlOverride: Hashable, Sendable {
  package var file: String
  /// From 1.
  package var line: Int
  package var key: SysctlKey
  /// What it assigns; nil if it takes the assignment back, as `-key` does under systemd-sysctl.
  package var value: String?

  package init(file: String, line: Int, key: SysctlKey, value: String?) {
    (self.file, self.line, self.key, self.value) = (file, line, key, value)
  }
}

extension SysctlConfiguration {
  /// Either may run at the next boot.
  private static let loaders = [SysctlLoader.systemd, .procps4]

  /// Returns the lines that keep a drop-in in `/etc/sysctl.d` from setting what is planned, under
  /// one loader or the other, in the order of reading.
  ///
  /// - Parameter name: of the drop-in, which need not be there yet.
  package func overrides(of name: String, setting planned: [SysctlKey: SysctlValue])
    -> [SysctlOverride]
  {
    let dropIn = ConfigurationFile(
      "\(SysctlDirectory.etc.rawValue)/\(name)", .text(SysctlFile(assigning: planned)))
    var configuration = self
    configuration.files[.etc, default: []].removeAll { $0.name == name }
    configuration.files[.etc, default: []].append(dropIn)

    let loads = Self.loaders.map(configuration.load)
    let ranks = Dictionary(
      loads.flatMap { $0.files.enumerated().map { ($1.path, $0) } }, uniquingKeysWith: max)
    return Set(loads.flatMap { $0.overrides(of: dropIn.path, setting: planned) }).sorted {
      (ranks[$0.file] ?? 0, $0.line, $0.key) < (ranks[$1.file] ?? 0, $1.line, $1.key)
    }
  }

  /// Returns the files after a drop-in that cannot be read, with the errno's name. Loaders pass
  /// over names that lead nowhere, and so does this.
  package func unreadableFiles(after name: String) -> [String: String] {
    let later = load(by: .procps4).files.filter { file in
      file == mainFile || file == firewallFile
        || name.utf8.lexicographicallyPrecedes(file.name.utf8)
    }
    return Dictionary(
      later.compactMap { file in file.errno.map { (file.path, $0) } }.filter { $1 != "ENOENT" }
    ) { $1 }
  }
}

extension SysctlLoad {
  fileprivate func overrides(of path: String, setting planned: [SysctlKey: SysctlValue])
    -> [SysctlOverride]
  {
    planned.flatMap { key, value in
      overrides(of: path, setting: key) {
        SysctlReading(parsing: $0, for: SysctlCatalog[key]).value == value
      }
    }
  }

  private func overrides(
    of path: String, setting key: SysctlKey, as isPlanned: (String) -> Bool
  ) -> [SysctlOverride] {
    let claims = claims(on: key)
    guard let own = claims.firstIndex(where: { $0.entry.file == path }),
      winner(for: key)?.value.map(isPlanned) != true
    else { return [] }
    return claims[(own + 1)...].filter { claim in
      switch claim.fate {
      case .holds, .overridden: claim.entry.value.map(isPlanned) == false
      case .excludes: claims[own].fate == .excluded(by: claim.entry)
      case .yields, .excluded, .ignored, .hidden, .unread: false
      }
    }.map {
      SysctlOverride(file: $0.entry.file, line: $0.entry.line, key: key, value: $0.entry.value)
    }
  }
}

extension SysctlFile {
  init(assigning values: [SysctlKey: SysctlValue]) {
    self.init(parsing: values.map { "\($0.rawValue) = \($1)\n" }.sorted().joined())
  }
}
