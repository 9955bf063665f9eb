/// What a profile requires, held against a part of a host.
package struct FleetFinding: Sendable {
  /// What of a host is judged.
  package enum Aspect: String, CaseIterable, Sendable {
    case host
    /// Met today: the next boot takes back what meets it.
    case nextBoot = "next-boot"
    /// Another network namespace of it.
    case namespace
    /// Its live connections.
    case sockets

    var suffix: String { self == .host ? "" : "@\(rawValue)" }
  }

  package let aspect: Aspect
  package let finding: Finding

  package init(_ aspect: Aspect, _ finding: Finding) {
    (self.aspect, self.finding) = (aspect, finding)
  }

  /// Stable: that of the finding, and behind it what is judged, if not the host today.
  package var id: String { finding.id + aspect.suffix }
  var isMissed: Bool { finding.isMissed && finding.severity == .error }
  var isUnknown: Bool { finding.isUnknown && finding.severity == .error }
}
