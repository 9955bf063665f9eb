package import TCPModel

/// A sysctl that hosts of one group do not have alike.
package struct FleetDrift: Sendable {
  package struct Variant: Sendable {
    /// Nil: the capture says nothing of it.
    package let value: HostCapture.Value?
    package let hosts: HostTally
  }

  /// Nil: all hosts of the fleet.
  package let group: String?
  package let key: SysctlKey
  package let count: Int
  /// What most have first.
  package let variants: [Variant]
  /// Whether there are more values than are told apart.
  package let isCut: Bool

  /// Whether nearly all have one value, and few another one.
  var isOfOutliers: Bool {
    guard let first = variants.first, !isCut else { return false }
    return first.hosts.count < count && (count - first.hosts.count) * 20 <= count
  }
}

/// The values that the hosts of groups have.
struct ValueTable {
  /// So many values of a key are told apart; where there are more it has no usual one.
  private static let mostValues = 64

  private struct Group {
    var all = HostTally()
    var rows: [Row]
  }

  /// Of most keys a group has one value, of which nothing more is kept.
  private struct Row {
    var only: HostCapture.Value?
    var hosts: [HostCapture.Value?: HostTally] = [:]
    var isCut = false
  }

  private let keys: FleetKeys
  private var groups: [String: Group] = [:]

  init(_ keys: FleetKeys) { self.keys = keys }

  mutating func add(_ capture: HostCapture, to name: String, _ kernel: String) {
    var group =
      groups.removeValue(forKey: name)
      ?? Group(rows: keys.compared.map { Row(only: capture.values[$0]) })
    for (row, place) in keys.compared.enumerated() {
      let value = capture.values[place]
      if group.rows[row].hosts.isEmpty {
        if group.rows[row].only == value { continue }
        group.rows[row].hosts[group.rows[row].only] = group.all
      }
      if group.rows[row].hosts[value] == nil, group.rows[row].hosts.count >= Self.mostValues {
        group.rows[row].isCut = true
      } else {
        group.rows[row].hosts[value, default: HostTally()].add(capture.name, kernel)
      }
    }
    group.all.add(capture.name, kernel)
    groups[name] = group
  }

  /// The keys of which a group has several values, in the order of groups and keys.
  /// - Parameter name: what stands for a group in the answer.
  func drift(named name: (String) -> String?) -> [FleetDrift] {
    groups.sorted { $0.key < $1.key }.flatMap { group, content in
      zip(keys.compared, content.rows).compactMap { index, row in
        guard !row.hosts.isEmpty else { return nil }
        let variants = row.hosts.map { FleetDrift.Variant(value: $0, hosts: $1) }.sorted {
          ($1.hosts.count, $0.hosts.examples.first ?? "", $0.value?.shown ?? "")
            < ($0.hosts.count, $1.hosts.examples.first ?? "", $1.value?.shown ?? "")
        }
        return FleetDrift(
          group: name(group), key: keys.keys[index], count: content.all.count, variants: variants,
          isCut: row.isCut)
      }
    }
  }
}
