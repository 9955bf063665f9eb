package import TCPModel

/// How hosts of one state stand.
package struct FleetVerdict: Sendable {
  /// What profiles require and is missed, or cannot be told.
  package let findings: [Finding]
  /// What is met today and missed after the next boot.
  package let lost: [Finding]
  /// Why nothing could be told; nil where something could.
  package let obstacle: String?
  /// The keys that decide and are taken to have their defaults, as the capture says nothing of them.
  package let assumed: [SysctlKey]

  package enum Status: String, CaseIterable, Sendable { case met, missed, unknown }

  package var status: Status {
    if (findings + lost).contains(where: { $0.isMissed && $0.severity == .error }) {
      return .missed
    }
    let isUnknown = findings.contains { $0.isUnknown && $0.severity == .error }
    return obstacle != nil || isUnknown ? .unknown : .met
  }

  /// What is missed, by the ids of findings; after the next boot with `@next-boot` behind them.
  package var missed: [String] {
    findings.filter { $0.isMissed && $0.severity == .error }.map(\.id)
      + lost.map { $0.id + FleetCause.Moment.nextBoot.suffix }
  }

  /// What cannot be told.
  package var unknown: [String] {
    findings.filter { $0.isUnknown && $0.severity == .error }.map(\.id)
  }
}

extension FleetVerdict {
  init(
    of state: FleetState, for profiles: [Profile], _ keys: FleetKeys, asking cache: TimelineCache
  ) {
    do throws(Unknown) {
      try self.init(judging: state, for: profiles, keys, asking: cache)
    } catch {
      self.init(findings: [], lost: [], obstacle: error.reason, assumed: [])
    }
  }

  private init(
    judging state: FleetState, for profiles: [Profile], _ keys: FleetKeys,
    asking cache: TimelineCache
  ) throws(Unknown) {
    guard let release = state.release else {
      throw Unknown("the capture does not name its kernel (kernel.osrelease)")
    }
    guard state.kernel != nil else {
      throw Unknown("\(release.prefix(60)) is no release of Linux")
    }
    let host = try state.host(keys)
    let today = profiles.findings(on: host, asking: cache)
    var lost: [Finding] = []
    if let booted = try state.hostAtBoot(keys) {
      let met = Set(today.filter(\.status.isMet).map(\.id))
      lost = profiles.findings(on: booted, asking: cache).filter {
        $0.isMissed && $0.severity == .error && met.contains($0.id)
      }
    }
    self.init(
      findings: today.filter { !$0.status.isMet }, lost: lost, obstacle: nil,
      assumed: Set(today.decidingKeys).intersection(host.snapshot.assumed).sorted())
  }
}
