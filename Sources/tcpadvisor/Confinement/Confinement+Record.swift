import Linux
import Observations

extension Confinement {
  /// The same in words.
  var record: ConfinementRecord {
    ConfinementRecord(
      rights: rights.names, capabilitiesKept: kept.names, capabilitiesDropped: dropped.names,
      hasNoNewPrivileges: hasNoNewPrivileges, filtersCalls: filtersCalls, landlock: landlock,
      failures: failures.map(\.description))
  }
}

extension Rights {
  fileprivate var names: [String] {
    let known: [(Rights, String)] = [
      (.files, "write-files"), (.network, "internet-sockets"), (.processes, "inspect-processes"),
      (.namespaces, "enter-namespaces"), (.children, "end-children"), (.programs, "start-programs"),
      (.ownNamespaces, "make-namespaces"),
    ]
    return known.filter { contains($0.0) }.map(\.1)
  }
}

extension Set<Capability> {
  fileprivate var names: [String] { map(\.name).sorted() }
}
