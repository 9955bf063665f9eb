package import TCPModel

/// What a loader makes of a configuration: what it reads, and which assignment holds for a key.
package struct SysctlLoad: Sendable {
  package let loader: SysctlLoader
  /// What is read, in this order.
  package let files: [ConfigurationFile]

  /// Of files that are hidden by one of their name, the path of that one.
  package let hidden: [String: String]

  /// All that the files say, in the order of reading.
  let entries: [SysctlEntry]
  /// What is only in files that are not read.
  let leftOut: [SysctlClaim]
  /// What is carried out, in this order.
  let steps: [SysctlEntry]
  /// Where keys stand in each of the lists.
  let entryIndex, leftOutIndex, stepIndex: PatternIndex

  init(of configuration: SysctlConfiguration, by loader: SysctlLoader, isRun: Bool) {
    let order =
      isRun ? ReadingOrder(of: configuration, for: loader) : ReadingOrder(leaving: configuration)
    let entries = order.files.flatMap { configuration.entries(of: $0, readBy: loader) }
    let read = Set(entries)
    let understood = entries.filter { loader.understands($0.statement) }
    let steps = loader.replacesStatements ? understood.keepingLastOfEachPattern : understood

    // A link to another file of the configuration makes it read twice.
    (self.loader, files, self.entries, self.steps) = (loader, order.files, entries.distinct, steps)
    leftOut = order.leftOut.flatMap { file, fate in
      configuration.entries(of: file, readBy: loader).filter { !read.contains($0) }
        .map { SysctlClaim(entry: $0, fate: fate) }
    }
    hidden = Dictionary(
      order.leftOut.compactMap { file, fate in
        if case .hidden(let higher) = fate { (file.path, higher) } else { nil }
      }
    ) { $1 }
    entryIndex = PatternIndex(of: self.entries)
    leftOutIndex = PatternIndex(of: leftOut.map(\.entry))
    stepIndex = PatternIndex(of: steps)
  }

  /// The keys that are assigned by their names, sorted.
  package var keys: [SysctlKey] {
    stepIndex.named.keys.filter { key in winner(for: key) != nil }.sorted()
  }

  /// Returns the assignments that are written to a key, one after the other: the last holds, or the
  /// last that the kernel takes.
  package func writes(to key: SysctlKey) -> [SysctlEntry] {
    let indices =
      stepIndex.named[key]
      ?? (shield(of: key) == nil ? stepIndex.globs.filter { steps[$0].means(key) } : [])
    return indices.map { steps[$0] }.filter { $0.value != nil }
  }

  /// Returns the assignment that holds; nil if the key is left as it is.
  package func winner(for key: SysctlKey) -> SysctlEntry? { writes(to: key).last }

  /// Returns what keeps globs from a key: its own name, or something excluded.
  func shield(of key: SysctlKey) -> SysctlEntry? {
    if let last = stepIndex.named[key]?.last { return steps[last] }
    guard loader.excludesByGlobs else { return nil }
    return stepIndex.globs.map { steps[$0] }.last { $0.excludes(key) }
  }
}
