package import TCPModel

/// A statement of a configuration, and where it stands.
package struct SysctlEntry: Hashable, Sendable {
  /// The path of its file; for a link to another file of the configuration, that one's.
  package let file: String
  /// From 1.
  package let line: Int
  package let statement: SysctlStatement

  /// Nil for a glob.
  package var key: SysctlKey? { statement.pattern.key }
  /// Nil for a name that only excludes.
  package var value: String? { statement.value?.text }

  /// Returns whether it is a glob with `-` alone that keeps other globs from a key.
  func excludes(_ key: SysctlKey) -> Bool {
    guard value == nil, case .glob(let glob) = statement.pattern else { return false }
    return glob.matchesAcrossParts(key)
  }

  /// The place tells nearly all apart.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(file)
    hasher.combine(line)
  }

  func means(_ key: SysctlKey) -> Bool { statement.pattern.matches(key) }
}

extension [SysctlEntry] {
  /// What is left where a later statement takes the place of those with the same pattern before it.
  /// One that says the same once more stays in the first place.
  var keepingLastOfEachPattern: Self {
    var kept: [SysctlEntry?] = []
    var indices: [SysctlPattern: Int] = [:]
    for entry in self {
      if let index = indices[entry.statement.pattern] {
        if kept[index]?.value == entry.value {
          kept[index] = entry
          continue
        }
        kept[index] = nil
      }
      indices[entry.statement.pattern] = kept.count
      kept.append(entry)
    }
    return kept.compactMap(\.self)
  }
}

/// What a configuration says of a key in one place, and what becomes of it.
package struct SysctlClaim: Hashable, Sendable {
  package enum Fate: Hashable, Sendable {
    /// Its value is the last that is written.
    case holds
    /// Another assignment is written later, or takes its place.
    case overridden(by: SysctlEntry)
    /// A glob leaves alone what is assigned by its name, in an earlier place or a later one.
    case yields(to: SysctlEntry)
    /// A `-` without a value keeps globs from the key; under systemd-sysctl it also takes back what
    /// was said before under the same name.
    case excluded(by: SysctlEntry)
    /// It is such a `-` itself.
    case excludes
    /// The loader makes nothing of it: procps 3 does not know globs, for example.
    case ignored
    /// A file of the same name in a higher directory, with this path, hides its file.
    case hidden(by: String)
    /// The loader does not read its file.
    case unread
  }

  package let entry: SysctlEntry
  package let fate: Fate
}
