import TCPModel

/// Where keys stand in a list of entries, which may be long: by their names, and the globs apart.
struct PatternIndex: Sendable {
  private(set) var named: [SysctlKey: [Int]] = [:]
  private(set) var globs: [Int] = []

  init(of entries: [SysctlEntry]) {
    for (index, entry) in entries.enumerated() {
      if let key = entry.key {
        named[key, default: []].append(index)
      } else {
        globs.append(index)
      }
    }
  }

  /// Returns where a key is meant, in the order of the list.
  /// - Parameter isMeant: of the globs.
  func places(of key: SysctlKey, isMeant: (Int) -> Bool) -> [Int] {
    let matching = globs.filter(isMeant)
    guard let own = named[key] else { return matching }
    return matching.isEmpty ? own : (own + matching).sorted()
  }
}
