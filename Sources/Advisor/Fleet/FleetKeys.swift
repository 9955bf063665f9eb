package import TCPModel

/// The sysctls that a fleet is looked at through: those of the catalogue, and those that profiles ask
/// for.
package struct FleetKeys: Sendable {
  package let keys: [SysctlKey]
  private let places: [SysctlKey: Int]
  /// The places of those that decide a scenario, a rule or a requirement, for each set of profiles.
  let deciding: [[Int]]
  /// The places of those that hosts of one kind have alike: what the kernel sizes by the memory of the
  /// machine is its own everywhere.
  let compared: [Int]
  /// Whether any profile asks of neighbours, whose settings devices may have.
  package let asksOfNeighbours: Bool

  package init(for sets: [[Profile]]) {
    let profiles = sets.flatMap(\.self)
    let asked = profiles.sysctlKeys
    let all = SysctlCatalog.all.map(\.key)
    keys = all + Set(asked).subtracting(all).sorted()
    let places = Dictionary(keys.enumerated().map { ($1, $0) }) { first, _ in first }
    self.places = places
    deciding = sets.map { profiles in
      Set(profiles.decidingKeys.compactMap { places[$0] }).sorted()
    }
    compared = keys.indices.filter { [keys] in
      SysctlCatalog[keys[$0]].map { $0.defaultValue(in: KernelRules.newestChecked) != nil } ?? true
    }
    asksOfNeighbours = profiles.contains { profile in
      profile.groups.contains { $0.objectives.contains { $0.scenario == .neighbour } }
    }
  }

  package subscript(key: SysctlKey) -> Int? { places[key] }

  /// Returns whether a key of which a capture says nothing was not there.
  func isWhole(_ values: [HostCapture.Value?]) -> Bool {
    SettingsSnapshot.isWhole { key in places[key].map { values[$0] != nil } ?? false }
  }
}

extension [Profile] {
  /// Those on whose values findings depend.
  fileprivate var decidingKeys: [SysctlKey] {
    let objectives = flatMap(\.groups).flatMap(\.objectives)
    // Heartbeats make of an idle connection one that sends, and devices ask for probes.
    let scenarios = Set(objectives.map(\.scenario)).union([.idle, .send])
    return scenarios.flatMap(\.sysctls) + KernelRules.telltales + sysctlKeys
      + [.tcpKeepaliveTime, .conntrackEstablished, .conntrackTCPLoose]
  }
}
