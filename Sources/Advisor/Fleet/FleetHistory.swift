/// How each host stood in an earlier run, and what has changed since.
package struct FleetHistory: Sendable {
  /// What was missed on each host, by ids; of one that could not be judged nothing.
  private var before: [String: [String]]
  private var found = FleetChanges()

  package init(_ before: [String: [String]]) { self.before = before }

  mutating func compare(_ row: FleetTally.Row) {
    guard let missed = before.removeValue(forKey: row.name) else {
      return found.new.add(row.name, row.missed)
    }
    let (then, now) = (Set(missed), row.missed)
    let worse = now.filter { !then.contains($0) }
    if !worse.isEmpty { found.worse.add(row.name, worse) }
    let better = then.subtracting(now).sorted()
    if !better.isEmpty, row.verdict.obstacle == nil { found.better.add(row.name, better) }
  }

  /// What is left is gone.
  var changes: FleetChanges {
    var changes = found
    for (name, missed) in before.sorted(by: { $0.key < $1.key }) { changes.gone.add(name, missed) }
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
}
