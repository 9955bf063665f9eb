/// How each host stood in an earlier run, and what has changed since.
package struct FleetHistory: Sendable {
  /// A host as it stood.
  package struct Entry: Sendable {
    /// By ids of findings.
    package let missed, unknown: [String]
    package let source: String?

    package init(missed: [String], unknown: [String], source: String?) {
      (self.missed, self.unknown, self.source) = (missed, unknown, source)
    }
  }

  private let before: [String: Entry]
  private var seen: Set<String> = []
  private var unreadable: Set<String> = []
  private var found = FleetChanges()

  package init(_ before: [String: Entry]) { self.before = before }

  mutating func compare(_ row: FleetTally.Row) {
    guard seen.insert(row.name).inserted else { return }
    guard let then = before[row.name] else { return found.new.add(row.name, row.missed) }
    let worse = row.missed.filter { !then.missed.contains($0) && !then.unknown.contains($0) }
    if !worse.isEmpty { found.worse.add(row.name, worse) }
    // What cannot be told is not better.
    let better = then.missed.filter {
      !row.missed.contains($0) && !row.verdict.unknown.contains($0)
    }
    if !better.isEmpty, row.verdict.obstacle == nil { found.better.add(row.name, better) }
  }

  mutating func note(unreadable source: String) { unreadable.insert(source) }

  /// What was not seen is gone, but where its capture cannot be read.
  var changes: FleetChanges {
    var changes = found
    for (name, entry) in before.sorted(by: { $0.key < $1.key }) where !seen.contains(name) {
      if entry.source.map(unreadable.contains) ?? false {
        changes.unreadable.add(name, entry.missed)
      } else {
        changes.gone.add(name, entry.missed)
      }
    }
    return changes
  }
}

/// What differs from an earlier run.
package struct FleetChanges: Sendable {
  /// Hosts that are named with what it is about; of very many only some.
  package struct List: Sendable {
    private static let mostNamed = 1000

    package private(set) var count = 0
    package private(set) var hosts: [(name: String, ids: [String])] = []

    mutating func add(_ name: String, _ ids: [String]) {
      count += 1
      if hosts.count < Self.mostNamed { hosts.append((name, ids)) }
    }
  }

  /// What misses something that it did not miss, and what meets something that it missed.
  package fileprivate(set) var worse = List()
  package fileprivate(set) var better = List()
  /// Those that were not judged then, and those that are not now.
  package fileprivate(set) var new = List()
  package fileprivate(set) var gone = List()
  /// Those whose captures can no longer be read.
  package fileprivate(set) var unreadable = List()
}
