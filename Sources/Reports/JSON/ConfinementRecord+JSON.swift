package import Observations

extension ConfinementRecord {
  package var json: JSON {
    [
      "rights": .array(rights.map(JSON.string)),
      "capabilities_kept": .array(capabilitiesKept.map(JSON.string)),
      "capabilities_dropped": .array(capabilitiesDropped.map(JSON.string)),
      "no_new_privs": .bool(hasNoNewPrivileges),
      "seccomp": .bool(filtersCalls),
      "landlock_version": landlock.map { .integer($0) } ?? .null,
      "failures": .array(failures.map(JSON.string)),
    ]
  }
}
