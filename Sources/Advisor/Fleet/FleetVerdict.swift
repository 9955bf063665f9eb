package import TCPModel

/// How hosts of one state stand.
package struct FleetVerdict: Sendable {
  /// What profiles require and is missed, or cannot be told.
  package private(set) var findings: [FleetFinding]
  /// Why nothing could be told; nil where something could.
  package let obstacle: String?
  /// The keys that decide and are taken to have their defaults, as the capture says nothing of them.
  package let assumed: [SysctlKey]

  package enum Status: String, CaseIterable, Sendable { case met, missed, unknown }

  package var status: Status {
    if findings.contains(where: \.isMissed) { return .missed }
    return obstacle != nil || findings.contains(where: \.isUnknown) ? .unknown : .met
  }

  /// What is missed, by the ids of findings.
  package var missed: [String] { findings.filter(\.isMissed).map(\.id).distinct }

  /// What cannot be told.
  package var unknown: [String] { findings.filter(\.isUnknown).map(\.id).distinct }

  /// The same beside what was found on other parts of the host.
  func with(_ others: [FleetFinding]) -> FleetVerdict {
    var verdict = self
    verdict.findings += others
    return verdict
  }
}

extension FleetVerdict {
  init(
    of state: FleetState, for profiles: [Profile], _ keys: FleetKeys, asking cache: TimelineCache
  ) {
    do throws(Unknown) {
      try self.init(judging: state, for: profiles, keys, asking: cache)
    } catch {
      self.init(findings: [], obstacle: error.reason, assumed: [])
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
    let aspect = state.isOfNamespace ? FleetFinding.Aspect.namespace : .host
    var findings = today.filter { !$0.status.isMet }.map { FleetFinding(aspect, $0) }
    if let booted = try state.hostAtBoot(keys) {
      let met = Set(today.filter(\.status.isMet).map(\.id))
      findings += profiles.findings(on: booted, asking: cache)
        .filter { $0.isMissed && $0.severity == .error && met.contains($0.id) }
        .map { FleetFinding(.nextBoot, $0) }
    }
    self.init(
      findings: findings, obstacle: nil,
      assumed: Set(today.decidingKeys).intersection(host.snapshot.assumed).sorted())
  }
}
