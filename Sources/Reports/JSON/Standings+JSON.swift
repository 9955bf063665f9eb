import Advisor
import SysctlFiles
import TCPModel

extension StandingsReport {
  package var json: JSON {
    [
      "loader": sequence.settings.loader.json,
      "files": .array(sequence.files.map(\.json)),
      "unread": .object(sequence.settings.unread.mapValues(JSON.string)),
      "owners": .array(
        sequence.settings.acts.map { act in
          [
            "owner": .string(act.owner), "because": .string(act.because),
            "at_boot": .bool(act.isAtBoot), "reapplies_files": .bool(act.reappliesFiles),
          ]
        }),
      "keys": .array(standings.map(\.json)),
    ]
  }
}

extension BootLoader {
  var json: JSON {
    [
      "program": .string(loader.program), "basis": .string(basis.rawValue),
      "assumed": .bool(isAssumed), "masked_by": .text(unit.mask), "changed_by": .text(unit.change),
    ]
  }
}

extension BootFile {
  fileprivate var json: JSON {
    [
      "path": .string(file.path), "target": .text(file.target),
      "read_by": .array(readBy.map { .string($0.program) }), "masked_by": .text(hiddenBy),
      "unread_because": .text(file.errno),
      "faults": .array(
        faults.map { ["line": .integer($0.line), "why": .string($0.fault.text)] }),
    ]
  }
}

extension SysctlStanding {
  package var json: JSON {
    let loader = provenance.loader
    return [
      "key": .string(key.rawValue), "default": .text(usual), "live": .text(reading?.printed),
      "live_unknown_because": .text(liveUnknown),
      "next_boot": nextBoot?.json ?? .null,
      "loaders": [
        loader.loader.json(provenance.entry), loader.other.json(provenance.otherEntry),
      ],
      "claims": .array(provenance.claims.map(\.json)),
      "owners": .array(provenance.owned.map { $1.json(by: $0) }),
      "verdict": .string(verdict.rawValue), "reason": .string(reason),
      "remedies": .array(remedies.map { $0.json(prefix: live.prefix) }),
    ]
  }

  /// What the next boot gives, and what is to be said of it.
  package var briefJSON: JSON {
    [
      "key": .string(key.rawValue), "verdict": .string(verdict.rawValue),
      "reason": .string(reason), "next_boot": nextBoot?.json ?? .null,
    ]
  }

  private var liveUnknown: String? {
    switch reading {
    case .value?: nil
    case nil: "not-read"
    case .absent?: "absent"
    case .denied(let errno)?: errno
    case .malformed?: "malformed"
    }
  }
}

extension SysctlLoader {
  fileprivate func json(_ entry: SysctlEntry?) -> JSON {
    [
      "loader": .string(program), "value": .text(entry?.value), "file": .text(entry?.file),
      "line": entry.map { .integer($0.line) } ?? .null,
    ]
  }
}

extension BootWrite {
  fileprivate var json: JSON {
    [
      "value": .text(value), "owner": .text(owner), "file": .string(file),
      "line": line.map { .integer($0) } ?? .null,
    ]
  }
}

extension SysctlClaim {
  fileprivate var json: JSON {
    [
      "file": .string(entry.file), "line": .integer(entry.line), "text": .string(entry.text),
      "value": .text(entry.value), "explicit": .bool(entry.key != nil),
      "ignores_failure": .bool(entry.statement.ignoresFailure), "fate": .string(fate.word.rawValue),
      "shadowed_by": .text(fate.shadowedBy),
    ]
  }
}

extension OwnedSetting {
  fileprivate func json(by act: OwnerAct) -> JSON {
    [
      "owner": .string(act.owner), "value": .text(value), "file": .string(file),
      "line": line.map { .integer($0) } ?? .null, "at_boot": .bool(act.isAtBoot),
      "because": .string(act.because),
    ]
  }
}

extension StandingRemedy {
  fileprivate func json(prefix: String?) -> JSON {
    [
      "action": .string(action.rawValue), "command": .text(command(prefix: prefix)),
      "text": .string(text(prefix: prefix).plain),
    ]
  }
}
