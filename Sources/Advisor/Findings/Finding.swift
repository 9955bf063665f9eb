package import TCPModel

/// A requirement of a profile held against a host, or against an attempt to connect; or what is wrong
/// with the files that the host boots with.
package struct Finding: Sendable {
  /// What is required.
  package enum Subject: Hashable, Sendable {
    case bound(Objective.Kind)
    /// The keepalive idle time against the devices on the path.
    case middlebox(Middlebox)
    /// A device that drops silently, against the bound on unacknowledged data.
    case silentDrop(Middlebox)
    /// A sysctl that the profile asks for directly.
    case sysctl(SysctlRequirement)
    /// A mistake in a file of the boot.
    case rule(LintFinding)
    /// A key of which files, loaders and kernel do not say the same.
    case drift(BootDrift)
    /// A file that the boot reads and that could not be read here, with the errno's name.
    case unreadFile(String, errno: String)
  }

  package enum Status: Hashable, Sendable {
    /// With so much to spare; nil if there is no limit to come near.
    case met(margin: Duration?)
    /// By so much; nil if it never ends, or if a difference says nothing.
    case missed(by: Duration?)
    case unknown(because: String)
  }

  /// How much a miss matters: only errors make a check fail.
  package enum Severity: String, CaseIterable, Sendable { case error, warning, notice }

  package var profile: String
  package var group: String
  package var scenario: Scenario?
  package var subject: Subject
  /// Where the attempt to connect went, an address with its port or a name; nil for a host.
  package var target: String?
  package var wanted: WrittenTime?
  package var status: Status
  package var severity = Severity.error
  /// What the status rests on.
  package var evidence: Evidence
  /// Each of them alone makes the requirement hold; empty where none is known, or none was sought.
  package var remedies: [Remedy] = []
  /// Where the requirement was written.
  package var location: FileLocation
  /// Whether several profiles speak of the connections.
  package var isShared = false

  /// - Parameters:
  ///   - group: the name of the connections, or of the profile where it speaks of the host.
  ///   - scenario: nil if none is concerned.
  package init(
    profile: String, group: String, scenario: Scenario?, subject: Subject,
    wanted: WrittenTime? = nil, status: Status, evidence: Evidence, location: FileLocation,
    isShared: Bool = false
  ) {
    (self.profile, self.group, self.scenario) = (profile, group, scenario)
    (self.subject, self.wanted, self.status) = (subject, wanted, status)
    (self.evidence, self.location, self.isShared) = (evidence, location, isShared)
  }

  /// Whether a plan could do something about it that a search has not come to.
  var isUnsearched: Bool {
    switch subject {
    case .bound, .middlebox: isMissed || status == .unknown(because: WorkBudget.excuse)
    case .silentDrop, .sysctl, .rule, .drift, .unreadFile: false
    }
  }

  /// Whether it is only counted where people read: a notice on files, which `files` and `lint` list.
  package var isCountedAlone: Bool { isOnFiles && severity == .notice }

  /// Whether it is about files of the boot, and no requirement of a profile.
  package var isOnFiles: Bool {
    switch subject {
    case .bound, .middlebox, .silentDrop, .sysctl: false
    case .rule, .drift, .unreadFile: true
    }
  }

  package var isMissed: Bool { status.isMissed }
  package var isUnknown: Bool { status.isUnknown }

  /// A stable name, for example `pool.idle.within`.
  package var id: String {
    let group = isShared ? "\(profile)/\(group)" : group
    return switch subject {
    case .bound(let kind): "\(group).\(scenario?.rawValue ?? "").\(kind.rawValue)"
    case .middlebox(let box): "\(group).idle.\(box.name)"
    case .silentDrop(let box): "\(group).idle.\(box.name).drop"
    case .sysctl(let requirement): "\(profile).\(requirement.key)"
    case .rule(let mistake):
      "\(profile).\(mistake.rule.id).\(mistake.key ?? mistake.location.file)"
    case .drift(let drift): "\(profile).\(group).\(drift.standing.key)"
    case .unreadFile(let path, _): "\(profile).\(group).\(path)"
    }
  }
}

extension Finding.Status {
  package var isMet: Bool { if case .met = self { true } else { false } }
  package var isMissed: Bool { if case .missed = self { true } else { false } }
  package var isUnknown: Bool { if case .unknown = self { true } else { false } }

  /// As outputs for programs spell it.
  package var name: String {
    switch self {
    case .met: "met"
    case .missed: "missed"
    case .unknown: "unknown"
    }
  }
}

extension [Finding] {
  /// 0 nothing missed, 1 something missed (also beside unknowns), 2 could not tell.
  package var exitCode: Int32 {
    let errors = filter { $0.severity == .error }
    if errors.contains(where: \.isMissed) { return 1 }
    return errors.contains(where: \.isUnknown) ? 2 : 0
  }
}
