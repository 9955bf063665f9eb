package import TCPModel

/// What keeps a planned value from holding.
package struct SysctlOverride: Hashable, Sendable {
  package var file: String
  /// From 1; nil if no line of the file says it.
  package var line: Int?
  package var key: SysctlKey
  /// What it assigns; nil if it takes the assignment back, as `-key` does under systemd-sysctl, or if
  /// an owner chooses the value.
  package var value: String?
  /// The owner that sets it; nil for a line that the loader reads.
  package var owner: String?

  package init(file: String, line: Int?, key: SysctlKey, value: String?, owner: String? = nil) {
    (self.file, self.line, self.key, self.value) = (file, line, key, value)
    self.owner = owner
  }

  /// `FILE:LINE`, or the file alone.
  package var place: String { FilePlace(file, line).description }
}

extension BootSettings {
  /// Either may run at the next boot.
  private static let loaders = [SysctlLoader.systemd, .procps4]

  /// Returns what keeps a drop-in in `/etc/sysctl.d` from setting what is planned, under one loader
  /// or the other: lines in the order of reading, and then other owners.
  ///
  /// - Parameter name: of the drop-in, which need not be there yet.
  package func overrides(of name: String, setting planned: [SysctlKey: SysctlValue])
    -> [SysctlOverride]
  {
    let dropIn = ConfigurationFile(
      "\(SysctlDirectory.etc.rawValue)/\(name)", .text(SysctlFile(assigning: planned)))
    var changed = self
    changed.configuration.files[.etc, default: []].removeAll { $0.name == name }
    changed.configuration.files[.etc, default: []].append(dropIn)

    let sequence = BootSequence(of: changed)
    let loads = Self.loaders.map { changed.configuration.load(by: $0) }
    let ranks = Dictionary(
      loads.flatMap { $0.files.enumerated().map { ($1.path, $0) } }, uniquingKeysWith: max)
    let found = loads.flatMap { load in
      planned.flatMap { key, value in
        load.overrides(of: dropIn.path, setting: key, to: value, before: sequence)
      }
    }
    let lines = Set(found.filter { $0.owner == nil }.map(\.place))
    // A line that a loader reads and TuneD applies again is one line.
    return Set(found.filter { $0.owner == nil || !lines.contains($0.place) }).sorted {
      ($0.owner != nil ? .max : ranks[$0.file] ?? 0, $0.line ?? 0, $0.key)
        < ($1.owner != nil ? .max : ranks[$1.file] ?? 0, $1.line ?? 0, $1.key)
    }
  }

  /// Returns what cannot be read of that which comes after a drop-in, with the errno's name. Loaders
  /// pass over names that lead nowhere, and so does this.
  package func unreadableFiles(after name: String) -> [String: String] {
    let earlier = configuration.load(by: .procps4).files.filter { file in
      file != configuration.mainFile && !name.utf8.lexicographicallyPrecedes(file.name.utf8)
    }
    let hidden = Set(configuration.files.values.joined().map(\.path))
      .subtracting(configuration.load(by: .procps4).files.map(\.path))
    return unread.filter { path, _ in
      !hidden.contains(path) && !earlier.contains { $0.path == path }
    }
  }
}

extension SysctlLoad {
  /// Returns the lines, and the owner after them, that keep a drop-in's value from holding.
  fileprivate func overrides(
    of path: String, setting key: SysctlKey, to value: SysctlValue, before owners: BootSequence
  ) -> [SysctlOverride] {
    let isPlanned = { (text: String) in
      SysctlReading(parsing: text, for: SysctlCatalog[key]).value == value
    }
    let lines = overrides(of: path, setting: key, as: isPlanned)
    guard let last = owners.writes(to: key, after: self).last, let owner = last.owner else {
      return lines
    }
    if last.value.map(isPlanned) == true { return [] }
    return lines + [
      SysctlOverride(file: last.file, line: last.line, key: key, value: last.value, owner: owner)
    ]
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
