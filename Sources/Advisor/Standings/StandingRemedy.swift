package import SysctlFiles
package import TCPModel

/// What brings files and kernel together; each alone helps.
package enum StandingRemedy: Hashable, Sendable {
  /// Write what the boot gives, now.
  case apply(SysctlKey, value: String)
  /// Have a line of a file say what the key holds.
  case change(BootWrite, SysctlKey, to: String)
  /// Write a line into a new file of this path.
  case add(SysctlKey, value: String, file: String)
  /// Move a line to where the boot's loader reads it.
  case move(SysctlEntry, to: String)
  /// Have both lines say the same; a nil one is not there.
  case reconcile(SysctlEntry?, SysctlEntry?)
  /// Tell an owner to set something else, or nothing.
  case tell(OwnerAct, OwnedSetting)
  /// Take out a line that an owner applies once more.
  case removeReapplied(BootWrite, by: String)
  /// Take the line out.
  case remove(SysctlEntry)
  /// Have it set by what makes the namespace.
  case setWhereMade
  /// Load a module before files are applied.
  case loadModule(String)
  /// Have systemd start its loader, which this file keeps it from.
  case unmask(String)
}

extension SysctlStanding {
  /// What to do; the first is what most want. Empty where nothing is wrong.
  package var remedies: [StandingRemedy] {
    switch verdict {
    case .notLive: apply + keep + module + (doLoadersDisagree ? [reconcile] : [])
    case .lostAtBoot: unmask + keepAtBoot + (nextBoot == nil ? [] : apply)
    case .overridden: ownerRemedies
    case .loadersDisagree: unmask.isEmpty ? [reconcile] : unmask
    case .absent: moduleOrRemoval
    case .notInNamespace: apply + [.setWhereMade]
    case .refused: provenance.entry.map { [.remove($0)] } ?? []
    case .unreadable, .configured, .inForce, .unset: []
    }
  }

  private var apply: [StandingRemedy] {
    nextBoot?.value.map { text in
      // A remark behind a number is not to be typed.
      let written = WrittenValue(text, to: key, on: live.snapshot)
      let value = if case .taken(let taken) = written { taken.printed } else { text }
      return [.apply(key, value: value)]
    } ?? []
  }

  /// The live value in the place of the one that the boot gives.
  private var keep: [StandingRemedy] {
    guard let nextBoot, nextBoot.line != nil, let printed = reading?.printed else { return [] }
    return [.change(nextBoot, key, to: printed)]
  }

  private var unmask: [StandingRemedy] {
    provenance.loader.unit.mask.map { [.unmask($0)] } ?? []
  }

  private var keepAtBoot: [StandingRemedy] {
    guard let printed = reading?.printed else { return [] }
    // What files say holds once their loader runs.
    if !unmask.isEmpty, provenance.otherEntry?.value == printed { return [] }
    if unmask.isEmpty, let other = provenance.otherEntry, provenance.entry == nil,
      other.value != nil
    {
      return [.move(other, to: Self.dropIn(after: nil))]
    }
    // A file of a package is not to be changed.
    if let nextBoot, nextBoot.line != nil, !nextBoot.file.contains("/lib/") { return keep }
    return [
      .add(key, value: printed, file: Self.dropIn(after: provenance.entry?.file))
    ]
  }

  private var reconcile: StandingRemedy {
    .reconcile(provenance.entry, provenance.otherEntry)
  }

  private var ownerRemedies: [StandingRemedy] {
    if let nextBoot, let owner = nextBoot.owner, nextBoot.isReapplied {
      return [.removeReapplied(nextBoot, by: owner)]
    }
    return provenance.owned.filter { $0.act.owner == nextBoot?.owner }.suffix(1)
      .map { .tell($0.act, $0.setting) }
  }

  private var moduleOrRemoval: [StandingRemedy] {
    if moduleName != nil { return module }
    return provenance.entry.map { [.remove($0)] } ?? []
  }

  /// The module that is not there yet as files are applied.
  private var module: [StandingRemedy] {
    moduleName.map { provenance.modules.contains($0) ? [] : [.loadModule($0)] } ?? []
  }

  /// Returns the path of a file that is read after another one.
  private static func dropIn(after file: String?) -> String {
    let name = file?.split(separator: "/").last ?? ""
    let own =
      ["60-local.conf", "99-local.conf"].first { name.utf8.lexicographicallyPrecedes($0.utf8) }
    return "/etc/sysctl.d/\(own ?? "zz-local.conf")"
  }

  /// The module that brings the key; nil if none is known, or if kernels have the key no more.
  package var moduleName: String? {
    RetiredSysctl(named: key.rawValue) == nil ? key.module : nil
  }
}
