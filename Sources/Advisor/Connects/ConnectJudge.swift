import NetAddress
package import Observations
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
    let end: (ProbedAddress, SocketOptions) -> ConnectHang

    package init(
      options: @escaping (ProbedAddress) -> SocketOptions,
      end: @escaping (ProbedAddress, SocketOptions) -> ConnectHang
    ) {
      (self.options, self.end) = (options, end)
    }
  }

  /// What was seen of the attempts that a profile speaks of.
  private struct Attempts {
    var any = false
    var hung = false
    var interrupted = false
    /// Whether a name of which an address hung was open at last.
    var open = false
  }

  private struct Name: Hashable {
    let index: Int
    let port: UInt16?
  }

  private let profiles: [Profile]
  private let rules: KernelRules
  private let knowledge: Knowledge
  /// Whether the addresses of a name are raced (RFC 8305).
  private let isRace: Bool
  private let objectives: [ConnectObjective]
  /// By the places of the profiles.
  private var attempts: [Attempts]
  /// Those of names, whose addresses a program tries in turn: no more than is needed of them.
  private var names: [Name: [ProbedAddress]] = [:]
  private var drafts: ConnectDrafts
  private var isAnyConnected = false
  private var isAnyUnresolved = false

  /// - Parameter limit: so many findings are enough, first of all of what is missed; nil is all.
  package init(
    _ profiles: [Profile], under rules: KernelRules, isRace: Bool = false,
    keeping limit: Int? = nil, _ knowledge: Knowledge
  ) {
    (self.profiles, self.rules, self.knowledge) = (profiles, rules, knowledge)
    self.isRace = isRace
    attempts = profiles.map { _ in Attempts() }
    objectives = profiles.enumerated().flatMap { index, profile in
      profile.groups.compactMap { ConnectObjective($0, of: index) }
    }
    drafts = ConnectDrafts(limit: limit)
  }

  package mutating func add(_ row: ProbedAddress) {
    guard row.endpoint != nil else { return isAnyUnresolved = true }
    isAnyConnected = true
    let result = row.result
    var isAsked = false
    for objective in objectives where objective.admits(row) {
      isAsked = true
      attempts[objective.index].any = true
      if result.hangs { attempts[objective.index].hung = true }
      if result.isInterrupted { attempts[objective.index].interrupted = true }
    }
    if !isAsked { return }
    if row.resolution != nil {
      add(ofName: row)
    } else if result.hangs {
      judge([row])
    }
  }

  private mutating func add(ofName row: ProbedAddress) {
    var row = row
    row.rounds = [row.result]
    names[Name(index: row.index, port: row.endpoint?.port), default: []].append(row)
  }

  // MARK: Findings

  /// What is to be said of everything so far.
  package var judgement: ConnectJudgement {
    var whole = self
    for rows in names.values where rows.contains(where: \.result.hangs) {
      whole.judge(rows.sorted(by: ProbedAddress.comesBefore))
    }
    return ConnectJudgement(
      findings: whole.findings, count: whole.drafts.count, missed: whole.drafts.missed,
      unknown: whole.drafts.unknown, notJudged: whole.notJudged)
  }

  /// - Parameter call: the addresses of one target in the order in which a program tries them.
  private mutating func judge(_ call: [ProbedAddress]) {
    for (number, objective) in objectives.enumerated() {
      let own = call.filter(objective.admits)
      guard own.contains(where: \.result.hangs) else { continue }
      let wait = wait(of: objective, for: own)
      if wait.isOpen { attempts[objective.index].open = true }
      for finding in findings(objective, on: own[0], wait) {
        drafts.add(
          ConnectDraft(
            finding: finding, index: own[0].index, number: own[0].number, objective: number,
            end: wait.decisive))
      }
    }
  }

  private func findings(
    _ objective: ConnectObjective, on first: ProbedAddress, _ wait: AddressSequenceHang
  ) -> [Finding] {
    var attempt = Evidence.Attempt()
    (attempt.isMeasured, attempt.addresses) = (wait.isMeasured, wait.addresses)
    (attempt.isRace, attempt.causes, attempt.unseen) = (
      isRace, wait.causes, objective.unseen(of: first)
    )
    return objective.wanted.bounds.compactMap { kind, bound in
      guard let status = wait.status(of: kind, objective.wanted) else { return nil }
      var finding = Finding(
        profile: profiles[objective.index].name, group: objective.group.name, scenario: .connect,
        subject: .bound(kind), wanted: bound.written, status: status,
        evidence: Evidence(options: wait.options, timeToEnd: wait.timeToEnd, attempt: attempt),
        location: bound.location)
      finding.target = first.nameOrAddress
      finding.evidence.timers = objective.group.application.deciding(.connect)
      switch kind {
      case .within: break
      case .survive where !status.isUnknown && wait.timeToEnd.ends != .never:
        finding.evidence.survives = wait.survives.least
      case .survive: break
      case .recover: finding.evidence.resumes = wait.resumes(objective.wanted)?.most
      }
      return finding
    }
  }

  /// Returns how long the program of a group hangs.
  private func wait(of objective: ConnectObjective, for call: [ProbedAddress])
    -> AddressSequenceHang
  {
    var wait = AddressSequenceHang(isRace: isRace)
    for row in call {
      let own = knowledge.options(row).deciding(.connect)
      let options = objective.sets.overridden(by: own)
      // What the program cuts short was not seen.
      let limit = objective.limit.flatMap { row.result.time > $0 ? $0 : nil }
      wait.add(row, others: options == own && limit == nil ? nil : options) {
        let end = knowledge.end(row, options)
        return objective.limit.map(end.limited) ?? end
      }
      if wait.isOpen { break }
    }
    // How many a name has that was resolved, is known.
    if call[0].resolution == nil { wait.multiply(by: objective.group.path.addresses) }
    wait.total = objective.group.application.connectTotal
    return wait
  }

  // MARK: Remedies

  private struct RemedyKey: Hashable {
    let objective: Int
    let experiments: [ExperimentSignature]
    let addresses: Int
  }

  /// Those that are kept, in the order of the targets, and what helps.
  private var findings: [Finding] {
    var known: [RemedyKey: [Remedy]] = [:]
    return drafts.sorted.map { draft in
      var finding = draft.finding
      guard finding.isMissed, let end = draft.end else { return finding }
      let key = RemedyKey(
        objective: draft.objective,
        experiments: end.courses.map { ExperimentSignature(of: $0.experiment, under: rules) },
        addresses: draft.addresses)
      finding.remedies = known[key] ?? remedies(for: draft, end)
      known[key] = finding.remedies
      return finding
    }
  }

  private func remedies(for draft: ConnectDraft, _ end: ConnectHang) -> [Remedy] {
    let objective = objectives[draft.objective]
    return ConnectRemedies(
      profile: profiles[objective.index], group: objective.group, rules: rules,
      addresses: draft.addresses, isRace: isRace, objective: objective.wanted
    ).remedies(for: end)
  }

  // MARK: Reasons

  /// Why profiles have no finding.
  private var notJudged: [SkippedProfile] {
    profiles.indices.compactMap { index in
      let objectives = objectives.filter { $0.index == index }
      if objectives.contains(where: { drafts.profiles.contains(profiles[$0.index].name) }) {
        return nil
      }
      return SkippedProfile(profile: profiles[index].name, reason(objectives, attempts[index]))
    }
  }

  private func reason(_ objectives: [ConnectObjective], _ attempts: Attempts)
    -> SkippedProfile.Reason
  {
    if objectives.isEmpty { return .asksNothing }
    if attempts.open { return .open }
    if attempts.hung { return .messages }
    if attempts.interrupted { return .interrupted }
    if attempts.any { return .calm }
    // A group that admits every peer speaks of every address.
    if isAnyConnected, objectives.allSatisfy(\.group.match.isOfRemote) {
      return .elsewhere(objectives.map(\.group))
    }
    return isAnyUnresolved ? .unresolved : .nothing
  }
}

extension ProbedAddress {
  /// The name with its port, where it is one; else the address.
  fileprivate var nameOrAddress: String {
    guard resolution != nil else { return endpoint?.description ?? target }
    guard let port = endpoint?.port, !target.hasSuffix(":\(port)") else { return target }
    return "\(target) port \(port)"
  }
}
