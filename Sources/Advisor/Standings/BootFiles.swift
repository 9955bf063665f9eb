package import SysctlFiles
import TCPModel

/// The files that a host boots with, beside what it holds.
package struct BootFiles: Sendable {
  package let sequence: BootSequence
  /// How keys stand that anything sets.
  let standings: [SysctlStanding]
  let live: LiveSettings
  /// Whether something boots with these files, as far as is known; in a container nothing may.
  package let areKnownToBoot: Bool
  /// Whether what they set is for the first network namespace, and another one is judged.
  private let areOfOtherNamespace: Bool
  private let mistakes: [LintFinding]

  /// - Parameters:
  ///   - linter: whose rules judge the files.
  ///   - areKnownToBoot: whether they are those of a host that was named.
  package init(
    _ sequence: BootSequence, _ standings: [SysctlStanding], on live: LiveSettings,
    judgedBy linter: Linter, areKnownToBoot: Bool, areOfOtherNamespace: Bool = false
  ) {
    (self.sequence, self.standings, self.live) = (sequence, standings, live)
    self.areKnownToBoot = areKnownToBoot
    self.areOfOtherNamespace = areOfOtherNamespace
    // Mistakes in files of the host are no concern of a namespace.
    mistakes =
      areOfOtherNamespace
      ? [] : linter.findings(in: LintGroup(readBy: sequence)).filter { $0.suppression == nil }
  }

  /// Returns what is wrong with them that no other finding says already.
  ///
  /// - Parameter today: what the profiles require, held against the host.
  package func findings(beside today: [Finding], for profiles: [Profile]) -> [Finding] {
    let said = Set(today.flatMap(\.keysToChange))
    let deciding = Set(today.decidingKeys)
    let drifting = standings.filter { isDrift($0.verdict) && !said.contains($0.key) }
      .sorted { $0.key < $1.key }
    let lost = lostRequirements(of: drifting, deciding, today, profiles)
    let drifts = drifting.map { standing in
      let ids = lost.filter { [$0].decidingKeys.contains(standing.key) }.map(\.id)
      return finding(on: BootDrift(standing, missedAfterBoot: ids), deciding)
    }
    let rules = mistakes.filter { mistake in
      mistake.severity == .error
        || mistake.key.map { !said.contains(SysctlKey(parsing: $0)) } ?? true
    }
    return unread + drifts + rules.map(finding)
  }

  private func isDrift(_ verdict: SysctlStanding.Verdict) -> Bool {
    areOfOtherNamespace ? verdict == .notInNamespace : verdict.isDrift
  }

  /// What is met today and missed after the next boot, where keys that decide it drift.
  private func lostRequirements(
    of drifting: [SysctlStanding], _ deciding: Set<SysctlKey>, _ today: [Finding],
    _ profiles: [Profile]
  ) -> [Finding] {
    guard live.isRead, areKnownToBoot, !areOfOtherNamespace,
      drifting.contains(where: { deciding.contains($0.key) }),
      let host = try? Host(live.snapshot.booted(with: sequence))
    else { return [] }
    let met = Set(today.filter(\.status.isMet).map(\.id))
    return profiles.findings(on: host).filter { $0.isMissed && met.contains($0.id) }
  }

  private func finding(on drift: BootDrift, _ deciding: Set<SysctlKey>) -> Finding {
    let (standing, write) = (drift.standing, drift.standing.nextBoot)
    let place = write?.file ?? "/proc/sys/\(standing.key.path)"
    var finding = finding(
      .drift(drift), in: "drift", .missed(by: nil),
      at: FileLocation(file: place, line: write?.line ?? 1, column: 1))
    let isDeciding = deciding.contains(standing.key)
    switch standing.verdict {
    case _ where !areKnownToBoot: finding.severity = .notice
    case _ where !drift.missedAfterBoot.isEmpty: finding.severity = .error
    case .notLive, .overridden: finding.severity = .warning
    case .lostAtBoot, .loadersDisagree, .notInNamespace:
      finding.severity = isDeciding ? .warning : .notice
    default: finding.severity = .notice
    }
    return finding
  }

  private func finding(on mistake: LintFinding) -> Finding {
    var finding = finding(.rule(mistake), in: "rules", .missed(by: nil), at: mistake.location)
    switch mistake.severity {
    case _ where !areKnownToBoot: finding.severity = .notice
    case .error: finding.severity = .error
    case .warning: finding.severity = .warning
    case .note: finding.severity = .notice
    }
    return finding
  }

  /// Where nothing live is read, what is not known of files makes the whole answer doubtful.
  private var unread: [Finding] {
    if areOfOtherNamespace { return [] }
    return sequence.settings.unknown.sorted { $0.key < $1.key }.map { path, errno in
      var finding = finding(
        .unreadFile(path, errno: errno), in: "unread",
        .unknown(because: "it cannot be read (\(errno)), and the boot may"),
        at: FileLocation(file: path, line: 1, column: 1))
      finding.severity = live.isRead ? .warning : .error
      return finding
    }
  }

  private func finding(
    _ subject: Finding.Subject, in group: String, _ status: Finding.Status,
    at location: FileLocation
  ) -> Finding {
    Finding(
      profile: "files", group: group, scenario: nil, subject: subject, status: status,
      evidence: Evidence(), location: location)
  }
}

extension LintGroup {
  /// The files that the loader of the boot reads, as they are read.
  package init(readBy sequence: BootSequence) {
    let configuration = sequence.settings.configuration
    self.init(
      sequence.load.files.compactMap { file in
        file.text.map {
          LintFile(sysctls: $0, path: configuration.shownPath(of: file), isRead: true)
        }
      }, configuration: configuration, isHost: true)
  }
}
