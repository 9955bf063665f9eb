package import TCPModel

/// An objective or a rule held against the settings of a host.
package struct Finding: Hashable, Sendable {
  package enum Subject: Hashable, Sendable {
    case bound(Objective.Kind)
    /// The keepalive idle time against the devices on the path.
    case middlebox(Middlebox)
    /// A device that drops silently, against the bound on unacknowledged data.
    case silentDrop(Middlebox)
    /// A sysctl that the profile asks for directly.
    case sysctl(SysctlRequirement)
  }

  package enum Verdict: Hashable, Sendable {
    /// With so much to spare; nil where there is no limit to come near.
    case met(margin: Duration?)
    /// By so much; nil where it never ends, or where a difference says nothing.
    case missed(by: Duration?)
    case unknown(because: String)
  }

  package var profile: String
  package var group: String
  package var scenario: Scenario?
  package var subject: Subject
  /// What the program is taken to set.
  package var basis: SocketOptions
  package var verdict: Verdict
  package var wanted: WrittenTime?
  /// When the scenario ends; for `survive` the longest outage that is outlived stands in `outlives`.
  package var timeToEnd: TimeToEnd?
  package var outlives: Duration?
  /// After the outage that is to be outlived; nil where it is not, or where none is named.
  package var resumes: Duration?
  package var location: FileLocation
  /// Whether several profiles speak of the connections.
  package var isShared = false

  package var isMissed: Bool { if case .missed = verdict { true } else { false } }
  package var isUnknown: Bool { if case .unknown = verdict { true } else { false } }

  /// A stable name, for example `pool.idle.within`.
  package var id: String {
    let group = isShared ? "\(profile)/\(group)" : group
    return switch subject {
    case .bound(let kind): "\(group).\(scenario?.rawValue ?? "").\(kind.rawValue)"
    case .middlebox(let box): "\(group).idle.\(box.name)"
    case .silentDrop(let box): "\(group).idle.\(box.name).drop"
    case .sysctl(let requirement): "\(profile).\(requirement.key)"
    }
  }
}

extension [Finding] {
  /// 0 nothing missed, 1 something missed (also beside unknowns), 2 could not tell.
  package var exitCode: Int32 {
    if contains(where: \.isMissed) { return 1 }
    return contains(where: \.isUnknown) ? 2 : 0
  }
}
