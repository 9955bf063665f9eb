import NetAddress
import Observations
import TCPModel

/// What a profile requires, held against live connections of one group.
package struct SocketFinding: Sendable {
  package let finding: Finding
  /// The group of those that it is about.
  package let group: SocketGroup
  /// Those of the group that the profile speaks of.
  package let sockets: [JudgedSocket]
}

/// Holds profiles against live connections: with what their programs have set and the paths they
/// have, instead of what the profiles take both to be.
struct SocketAssessment {
  private let host: Host
  private let profiles: [Profile]
  private let cache: TimelineCache
  /// Connections of one group have many paths; so many of them are simulated, the shortest and the
  /// longest among them.
  private static let paths = 8
  /// A plan takes a tenth of a second: the worst groups get one.
  private static let plans = 3

  init(_ profiles: [Profile], on host: Host, asking cache: TimelineCache) {
    (self.profiles, self.host, self.cache) = (profiles, host, cache)
  }

  /// - Parameter identity: what the conditions of profiles look at.
  func findings(on groups: [SocketGroup], _ identity: (JudgedSocket) -> SocketIdentity)
    -> [SocketFinding]
  {
    var planned = 0
    return groups.flatMap { group in
      profiles.flatMap { profile in
        profile.groups.flatMap { connections -> [SocketFinding] in
          let admitted = group.sockets.filter {
            connections.match.admits(identity($0)) != .no
          }
          let isPlanned = planned < Self.plans && group.basis.isKnown
          let found = findings(on: admitted, of: group, connections, profile, isPlanned: isPlanned)
          if isPlanned, found.contains(where: \.finding.isMissed) { planned += 1 }
          return found
        }
      }
    }
  }

  /// - Parameter isPlanned: whether to seek what would help.
  private func findings(
    on sockets: [JudgedSocket], of group: SocketGroup, _ connections: ConnectionGroup,
    _ profile: Profile, isPlanned: Bool
  ) -> [SocketFinding] {
    guard !sockets.isEmpty else { return [] }
    let paths = Set(sockets.map(\.socket.table.pathSight)).map(\.path)
      .sorted { $0.timeout < $1.timeout }
    var worst: [(finding: Finding, profile: Profile)] = []
    for path in paths.spread(over: Self.paths) {
      let live = profile.live(connections, with: group.basis.options, on: path)
      for finding in findings(live, group.basis) {
        if let index = worst.firstIndex(where: { $0.finding.id == finding.id }) {
          if finding.status.gravity > worst[index].finding.status.gravity {
            worst[index] = (finding, live)
          }
        } else {
          worst.append((finding, live))
        }
      }
    }
    // One plan for all that is missed on a path.
    var planned: [Profile: [Finding]] = [:]
    return worst.map { finding, live in
      var finding = finding
      if isPlanned, finding.isMissed {
        let remedied = planned[live] ?? self.planned(live)
        planned[live] = remedied
        finding.remedies = remedied.first { $0.id == finding.id }?.remedies ?? []
      }
      return SocketFinding(finding: finding, group: group, sockets: sockets)
    }
  }

  /// Returns how live connections stand, as a profile that speaks of them alone describes them.
  func findings(_ profile: Profile, _ basis: SocketGroup.Basis) -> [Finding] {
    profile.findings(on: host, cache) { GroupState($0, on: host) }.map { finding in
      var finding = finding
      finding.status = basis.doubting(finding)
      return finding
    }
  }

  /// Returns the findings with what a plan for these connections alone would change.
  private func planned(_ profile: Profile) -> [Finding] {
    let stock = try? Host(defaultsOf: host.rules.release)
    return Advice(for: [profile], on: host, baselines: [stock ?? host]).findings
  }
}

extension Profile {
  /// Returns what it requires of connections that live already, which have these options and this
  /// path.
  func live(_ connections: ConnectionGroup, with options: SocketOptions, on path: Path) -> Profile {
    var (profile, live) = (self, connections)
    live.objectives = connections.objectives.filter { $0.scenario.isOfLiveConnections }
    (live.path, live.sets) = (path, options)
    (profile.groups, profile.sysctls) = ([live], [])
    return profile
  }
}

extension Scenario {
  /// Whether it can happen to a connection that is established.
  fileprivate var isOfLiveConnections: Bool {
    switch self {
    case .idle, .send, .zeroWindow, .close: true
    case .connect, .neighbour, .movedAddress, .accept, .finWait, .timeWait: false
    }
  }
}

extension SocketGroup.Basis {
  fileprivate var isKnown: Bool { if case .options = self { true } else { false } }

  /// Those that are known; none where they are not.
  var options: SocketOptions {
    switch self {
    case .options(let options): options
    case .unknown(_, let keepsAlive): SocketOptions(keepsAlive == true ? [.keepalive: 1] : [:])
    }
  }

  /// Returns how a requirement stands: what rests on options that are not known is not known, but
  /// that nothing keeps an idle connection awake is seen by its timer.
  fileprivate func doubting(_ finding: Finding) -> Finding.Status {
    guard case .unknown(_, let keepsAlive) = self else { return finding.status }
    if finding.scenario == .idle, keepsAlive == false { return finding.status }
    return .unknown(because: "the options of the sockets are not known")
  }
}

extension Finding.Status {
  fileprivate var gravity: Int {
    switch self {
    case .met: 0
    case .unknown: 1
    case .missed: 2
    }
  }
}

extension Path {
  fileprivate var timeout: Duration { retransmissionTimeout ?? roundTrip.upperBound }
}

extension Array {
  /// Returns so many of its elements at most, the first and the last among them, evenly apart.
  fileprivate func spread(over count: Int) -> [Element] {
    self.count <= count ? self : (0..<count).map { self[$0 * (self.count - 1) / (count - 1)] }
  }
}
