package import TCPModel

extension SysctlLoad {
  /// Returns all that is said of a key: what is read, in this order, and then what is not.
  package func claims(on key: SysctlKey) -> [SysctlClaim] {
    let (winner, shield) = (winner(for: key), shield(of: key))
    // A glob that shields may reach further than one that assigns.
    let read = entries.filter { $0.means(key) || $0 == shield }.map { entry in
      SysctlClaim(entry: entry, fate: fate(of: entry, winner: winner, shield: shield))
    }
    return read + leftOut.filter { $0.entry.means(key) }
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
    steps.last { $0.statement.pattern == entry.statement.pattern }
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
