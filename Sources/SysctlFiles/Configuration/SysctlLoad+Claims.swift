package import TCPModel

extension SysctlLoad {
  /// Returns all that is said of a key: what is read, in this order, and then what is not.
  package func claims(on key: SysctlKey) -> [SysctlClaim] {
    let (winner, shield) = (winner(for: key), shield(of: key))
    // A glob that shields may reach further than one that assigns.
    let read = entryIndex.places(of: key) { index in
      let entry = entries[index]
      return entry.means(key) || entry.value == nil && entry == shield
    }.map { index in
      SysctlClaim(
        entry: entries[index],
        fate: fate(of: entries[index], winner: winner, shield: shield))
    }
    return read
      + leftOutIndex.places(of: key) { leftOut[$0].entry.means(key) }.map { leftOut[$0] }
  }

  /// The assignments without any effect. Of globs just those that come again: which keys are left
  /// to them depends on the host.
  package var shadowed: [SysctlClaim] {
    let read = entries.map { SysctlClaim(entry: $0, fate: fate(of: $0)) }
    return (read + leftOut).filter { $0.entry.value != nil && $0.fate != .holds }
  }

  /// Returns what becomes of an entry by itself, whichever keys the host has.
  private func fate(of entry: SysctlEntry) -> SysctlClaim.Fate {
    guard let key = entry.key else {
      return fate(of: entry, winner: lastStep(like: entry), shield: nil)
    }
    return fate(of: entry, winner: winner(for: key), shield: shield(of: key))
  }

  private func lastStep(like entry: SysctlEntry) -> SysctlEntry? {
    if let key = entry.key { return stepIndex.named[key]?.last.map { steps[$0] } }
    return steps.last { $0.statement.pattern == entry.statement.pattern }
  }

  private func fate(of entry: SysctlEntry, winner: SysctlEntry?, shield: SysctlEntry?)
    -> SysctlClaim.Fate
  {
    guard loader.understands(entry.statement) else { return .ignored }
    if entry == winner { return .holds }
    if entry.value == nil { return steps.contains(entry) ? .excludes : .ignored }
    if entry.key == nil, let shield {
      return shield.value == nil ? .excluded(by: shield) : .yields(to: shield)
    }
    if let winner, winner.value != nil { return .overridden(by: winner) }
    return lastStep(like: entry).map { .excluded(by: $0) } ?? .ignored
  }
}
