import Linux
import Reports

extension Confinement {
  /// What this process had given up when it answered.
  var json: JSON {
    [
      "rights": .array(rights.names.map(JSON.string)),
      "capabilities_kept": .array(kept.names.map(JSON.string)),
      "capabilities_dropped": .array(dropped.names.map(JSON.string)),
      "no_new_privs": .bool(hasNoNewPrivileges),
      "seccomp": .bool(filtersCalls),
      "landlock_version": landlock.map { .integer($0) } ?? .null,
      "failures": .array(failures.map { .string($0.description) }),
    ]
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
