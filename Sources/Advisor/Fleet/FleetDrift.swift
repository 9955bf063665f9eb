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

  private struct Row {
    var count = 0
    var hosts: [HostCapture.Value?: HostTally] = [:]
    var isCut = false
  }

  private let keys: FleetKeys
  private var groups: [String: [Row]] = [:]

  init(_ keys: FleetKeys) { self.keys = keys }

  mutating func add(_ capture: HostCapture, to group: String, _ kernel: String) {
    groups[group, default: Array(repeating: Row(), count: keys.compared.count)]
      .withEach(keys.compared) { row, index in
        row.count += 1
        let value = capture.values[index]
        if row.hosts[value] == nil, row.hosts.count >= Self.mostValues {
          row.isCut = true
        } else {
          row.hosts[value, default: HostTally()].add(capture.name, kernel)
        }
      }
  }

  /// The keys of which a group has several values, in the order of groups and keys.
  /// - Parameter name: what stands for a group in the answer.
  func drift(named name: (String) -> String?) -> [FleetDrift] {
    groups.sorted { $0.key < $1.key }.flatMap { group, rows in
      zip(keys.compared, rows).compactMap { index, row in
        guard row.hosts.count > 1 || row.isCut else { return nil }
        let variants = row.hosts.map { FleetDrift.Variant(value: $0, hosts: $1) }.sorted {
          ($1.hosts.count, $0.hosts.examples.first ?? "", $0.value?.shown ?? "")
            < ($0.hosts.count, $1.hosts.examples.first ?? "", $1.value?.shown ?? "")
        }
        return FleetDrift(
          group: name(group), key: keys.keys[index], count: row.count, variants: variants,
          isCut: row.isCut)
      }
    }
  }
}

extension Array {
  /// Changes each element, beside its companion.
  fileprivate mutating func withEach<Other>(
    _ others: [Other], _ change: (inout Element, Other) -> Void
  ) {
    for (index, other) in zip(indices, others) { change(&self[index], other) }
  }
}
