package import TCPModel

/// Holds attempts to connect against what profiles ask of `connect`.
///
/// The program of a group hangs as its own options decide: where what it sets today differs from
/// what the attempt was made with, the model says how long. Options that were asked for explicitly
/// are tried in place of the program's.
package struct ConnectJudge {
  /// What is known of attempts beside their outcome.
  package struct Knowledge {
    /// The options an attempt was made with.
    let options: (ProbedAddress) -> SocketOptions
    /// How an attempt like this one ends that hangs, with other options.
    let end: (ProbedAddress, SocketOptions) -> ConnectEnd
    /// Whether the destination is, or lies in, what a profile calls `remote`.
    let lies: (ProbedAddress, String) -> Bool

    package init(
      options: @escaping (ProbedAddress) -> SocketOptions,
      end: @escaping (ProbedAddress, SocketOptions) -> ConnectEnd,
      lies: @escaping (ProbedAddress, String) -> Bool
    ) {
      (self.options, self.end, self.lies) = (options, end, lies)
    }
  }

  private let profiles: [Profile]
  private let rules: KernelRules
  private let knowledge: Knowledge
  /// Whether the addresses of a name were raced (RFC 8305).
  private let isRace: Bool
  /// Attempts that hung, and all of names, whose addresses a program tries in turn.
  private var rows: [ProbedAddress] = []
  /// Profiles that speak of some attempt, by their place.
  private var concerned: Set<Int> = []

  package init(
    _ profiles: [Profile], under rules: KernelRules, isRace: Bool = false, _ knowledge: Knowledge
  ) {
    (self.profiles, self.rules, self.knowledge) = (profiles, rules, knowledge)
    self.isRace = isRace
  }

  package mutating func add(_ row: ProbedAddress) {
    guard row.address != nil else { return }
    for place in profiles.indices where !concerned.contains(place) {
      if asking(profiles[place]).contains(where: { speaks($0.0, of: row) }) {
        concerned.insert(place)
      }
    }
    if row.resolution != nil || row.result.hangs || row.result.isInterrupted { rows.append(row) }
  }

  /// The groups that make connections and ask something of it.
  private func asking(_ profile: Profile) -> [(ConnectionGroup, Objective)] {
    profile.groups.compactMap { group in
      guard group.direction == .outbound,
        let objective = group.objectives.first(where: { $0.scenario == .connect }),
        objective.within != nil || objective.survive != nil
      else { return nil }
      return (group, objective)
    }
  }

  private func speaks(_ group: ConnectionGroup, of row: ProbedAddress) -> Bool {
    if let port = group.match.remotePort, row.port.map({ Int($0) }) != port { return false }
    return group.match.remote.map { knowledge.lies(row, $0) } ?? true
  }

  // MARK: Verdicts

  package var verdicts: [ConnectVerdict] {
    var known: [RemedyKey: [ConnectRemedy]] = [:]
    return calls.flatMap { call in
      profiles.flatMap { profile in
        asking(profile).flatMap { group, objective in
          verdicts(on: call, profile, group, objective, &known)
        }
      }
    }
  }

  /// What a program goes through that is told one target: the addresses of a name in turn.
  private var calls: [[ProbedAddress]] {
    struct Name: Hashable {
      let place: Int
      let port: UInt16?
      let number: Int?
    }
    let names = Dictionary(grouping: rows) { row in
      Name(place: row.place, port: row.port, number: row.resolution == nil ? row.number : nil)
    }
    let calls = names.values.flatMap { rows in
      rows[0].resolution == nil ? rows.map { [$0] } : [rows.sorted(by: ProbedAddress.comesBefore)]
    }
    return calls.filter { $0.contains(where: \.result.hangs) }
      .sorted { ProbedAddress.comesBefore($0[0], $1[0]) }
  }

  private struct RemedyKey: Hashable {
    let profile: String
    let group: ConnectionGroup
    let play: CaseSignature
    let addresses: Int
  }

  private func verdicts(
    on call: [ProbedAddress], _ profile: Profile, _ group: ConnectionGroup,
    _ objective: Objective, _ known: inout [RemedyKey: [ConnectRemedy]]
  ) -> [ConnectVerdict] {
    guard call.contains(where: { $0.result.hangs && speaks(group, of: $0) }) else { return [] }
    let wait = wait(of: group, for: call)
    let target = call.count == 1 ? call[0].address ?? call[0].target : call[0].target
    return objective.bounds.compactMap { kind, bound in
      guard let (status, outlives) = wait.status(kind, bound.time) else { return nil }
      var verdict = ConnectVerdict(
        profile: profile.name, connections: group.name, target: target, kind: kind,
        wanted: bound.time, status: status, span: wait.span, isMeasured: wait.isMeasured,
        addresses: wait.addresses, isRace: wait.isRace, options: wait.options,
        causes: wait.causes, outlives: outlives)
      guard verdict.isMissed, let end = wait.decisive else { return verdict }
      let key = RemedyKey(
        profile: profile.name, group: group, play: CaseSignature(of: end.play, under: rules),
        addresses: wait.addresses)
      let search = ConnectRemedies(
        profile: profile, group: group, rules: rules, addresses: wait.addresses,
        objective: objective)
      let remedies = known[key] ?? search.remedies(for: end)
      known[key] = remedies
      verdict.remedies = remedies
      return verdict
    }
  }

  /// How long the program of a group hangs.
  private func wait(of group: ConnectionGroup, for call: [ProbedAddress]) -> ConnectWait {
    var wait = ConnectWait(isRace: isRace && call.count > 1)
    for row in call {
      let own = knowledge.options(row).deciding(.connect)
      let options = group.sets.deciding(.connect).overridden(by: own)
      wait.add(row, others: options == own ? nil : options) { knowledge.end(row, options) }
      if row.result.outcome.kind == .open { break }
    }
    if call.count == 1 { wait.multiply(by: group.path.addresses) }
    return wait
  }

  // MARK: Reasons

  /// Why profiles have no verdict, and what of them was not looked at.
  package func reasons(beside verdicts: [ConnectVerdict]) -> [String] {
    profiles.indices.flatMap { place in
      let profile = profiles[place]
      if verdicts.contains(where: { $0.profile == profile.name }) { return unseen(profile) }
      return [reason(profile, isConcerned: concerned.contains(place))]
    }
  }

  private func reason(_ profile: Profile, isConcerned: Bool) -> String {
    let groups = asking(profile).map(\.0)
    if groups.isEmpty { return "no group of `\(profile.name)` asks anything of connect" }
    if isConcerned { return calmness(profile, groups) }
    let wants = groups.map { "\($0.name): \($0.match.wants)" }.joined(separator: "; ")
    return "no group of `\(profile.name)` speaks of these destinations (\(wants))"
  }

  /// Why there is nothing to say of attempts that a profile speaks of.
  private func calmness(_ profile: Profile, _ groups: [ConnectionGroup]) -> String {
    let results = rows.filter { row in groups.contains { speaks($0, of: row) } }.map(\.result)
    if results.contains(where: \.hangs) {
      return "messages ended what hung, and `\(profile.name)` asks about timers alone (survive)"
    }
    return results.contains(where: \.isInterrupted)
      ? "what `\(profile.name)` asks about was interrupted"
      : "nothing hung that `\(profile.name)` asks about"
  }

  private func unseen(_ profile: Profile) -> [String] {
    asking(profile).compactMap { group, _ in
      let unseen = group.match.unseen
      return unseen.isEmpty
        ? nil
        : "\(group.name): whether \(unseen.joined(separator: ", ")) would match a probe does not say"
    }
  }
}

extension ConnectionGroup.Match {
  /// What it asks of a destination.
  fileprivate var wants: String {
    let parts = [remote.map { "remote \($0)" }, remotePort.map { "remote_port \($0)" }]
    return parts.compactMap { $0 }.joined(separator: ", ")
  }

  /// What it asks that a destination does not show.
  fileprivate var unseen: [String] {
    [
      process.map { _ in "process" }, user.map { _ in "user" }, state.map { _ in "state" },
      localPort.map { _ in "local_port" },
    ].compactMap { $0 }
  }
}

extension ConnectResult {
  /// Whether a program would have waited: nothing answered it, or only after a while.
  package var hangs: Bool {
    switch outcome {
    // Who was interrupted may have been about to get an answer.
    case .undecided: !isInterrupted
    case .timedOut: true
    case .unreachable: !isAtOnce
    case .open, .refused, .localError, .unresolved: false
    }
  }
}
