import TCPModel

/// Profiles in which several groups ask the same of programs that are alike: they differ in name,
/// `match` and place alone. What is worked out for the first of them holds for all.
struct EqualGroups {
  /// The profiles with the first group of each set.
  let profiles: [Profile]
  private let all: [Profile]
  private let applications: [Application]
  /// The first of its set, by the name of each.
  private var first: [String: String] = [:]
  /// Those of each set, by the name of the first.
  private var sets: [String: [Application]] = [:]

  init(of profiles: [Profile]) {
    all = profiles
    applications = Application.all(of: profiles)
    // What is found is known by the name of its profile.
    let areDistinct = Set(profiles.map(\.name)).count == profiles.count
    var known: [[Part]: String] = [:]
    for application in applications {
      let parts = application.parts.map { Part($0.profile.name, $0.group, areDistinct) }
      let first = known[parts] ?? application.name
      known[parts] = first
      self.first[application.name] = first
      sets[first, default: []].append(application)
    }
    self.profiles = profiles.map { [sets] profile in
      var profile = profile
      profile.groups.removeAll { sets[$0.name] == nil }
      return profile
    }
  }

  /// What a profile says of a group, but for name, `match` and place.
  private struct Part: Hashable {
    let profile: String
    var group: ConnectionGroup

    init(_ profile: String, _ group: ConnectionGroup, _ isAnonymous: Bool) {
      (self.profile, self.group) = (profile, group)
      if isAnonymous { self.group.forgetPlaces() }
    }
  }
}

extension EqualGroups {
  /// Returns the findings on all groups, in the order of the profiles.
  func expanded(_ findings: [Finding]) -> [Finding] {
    if sets.count == applications.count { return findings }
    let found = Dictionary(grouping: findings) { finding in
      if case .sysctl = finding.subject {
        [finding.profile]
      } else {
        [finding.profile, finding.group]
      }
    }
    let firsts = Dictionary(
      profiles.flatMap { profile in profile.groups.map { ([profile.name, $0.name], $0) } }
    ) { $1 }
    return all.flatMap { profile in
      profile.groups.flatMap { group -> [Finding] in
        let key = [profile.name, first[group.name] ?? group.name]
        guard let first = firsts[key] else { return [] }
        return (found[key] ?? []).map { $0.speaking(of: group, as: first) }
      } + (found[[profile.name]] ?? [])
    }
  }

  /// Returns the plan for all groups.
  func expanded(_ plan: Plan) -> Plan {
    if sets.count == applications.count { return plan }
    var plan = plan
    for index in plan.sysctls.indices {
      plan.sysctls[index].effects = expanded(plan.sysctls[index].effects, \.group) {
        $0 = $1.effect($0, of: $2)
      }
    }
    plan.socketOptions = expanded(plan.socketOptions, \.group) { change, application, first in
      change.group = application.name
      change.effects = change.effects.map { application.effect($0, of: first) }
    }
    plan.deadlines = expanded(plan.deadlines, \.group) { deadline, application, first in
      deadline.group = application.name
      deadline.effects = deadline.effects.map { application.effect($0, of: first) }
    }
    plan.sideEffects = expanded(plan.sideEffects, \.group) { row, own, _ in row.group = own.name }
    plan.unsearched = expanded(plan.unsearched, \.group) { row, own, _ in row.group = own.name }
    plan.contradictions = plan.contradictions.flatMap(expanded)
    return plan
  }

  /// Returns the forecasts for all groups, those of one phase after those of the other.
  func expanded(_ forecasts: [Advice.ScenarioForecast]) -> [Advice.ScenarioForecast] {
    if sets.count == applications.count { return forecasts }
    return [PlanPhase.current, .planned].flatMap { phase in
      expanded(forecasts.filter { $0.phase == phase }, \.group) { forecast, application, _ in
        (forecast.group, forecast.state.group) = (application.name, application.program)
      }
    }
  }

  /// - Parameter change: makes what is said of the first of a set, which comes last, what is said of
  ///   another one.
  private func expanded<Row>(
    _ rows: [Row], _ group: KeyPath<Row, String>,
    _ change: (inout Row, Application, Application) -> Void
  ) -> [Row] {
    let own = Dictionary(grouping: rows) { $0[keyPath: group] }
    return applications.flatMap { application -> [Row] in
      guard let name = first[application.name], let first = sets[name]?.first else { return [] }
      return (own[name] ?? []).map { row in
        var row = row
        change(&row, application, first)
        return row
      }
    }
  }

  private func expanded(_ contradiction: Plan.Contradiction) -> [Plan.Contradiction] {
    guard contradiction.groups.count == 1, let set = sets[contradiction.groups[0]] else {
      var contradiction = contradiction
      contradiction.groups = contradiction.groups.flatMap { sets[$0]?.map(\.name) ?? [$0] }
      return [contradiction]
    }
    return set.map { application in
      let places = Dictionary(zip(set[0].places, application.places)) { first, _ in first }
      var contradiction = contradiction
      contradiction.groups = [application.name]
      for index in contradiction.requirements.indices {
        let location = contradiction.requirements[index].location
        contradiction.requirements[index].location = places[location] ?? location
      }
      return contradiction
    }
  }
}

extension Application {
  /// Where its groups and their bounds were written, in an order that equal groups share.
  fileprivate var places: [FileLocation] { groups.flatMap(\.places) }

  /// Returns an effect on a program that is equal to this one as one on this.
  fileprivate func effect(_ effect: Plan.Effect, of first: Application) -> Plan.Effect {
    let objectives = zip(first.groups.flatMap(\.objectives), groups.flatMap(\.objectives))
    var effect = effect
    effect.group = name
    effect.objective = objectives.first { $0.0 == effect.objective }?.1 ?? effect.objective
    return effect
  }
}

extension ConnectionGroup {
  fileprivate var places: [FileLocation] {
    [location] + objectives.flatMap { $0.bounds.map(\.bound.location) }
  }

  /// Leaves what does not matter to what becomes of its connections.
  fileprivate mutating func forgetPlaces() {
    let nowhere = FileLocation(file: "", line: 0, column: 0)
    (name, match, location) = ("", Match(), nowhere)
    for index in objectives.indices {
      let objective = objectives[index]
      objectives[index].within = objective.within.map { .init($0.written, at: nowhere) }
      objectives[index].survive = objective.survive.map { .init($0.written, at: nowhere) }
      objectives[index].recover = objective.recover.map { .init($0.written, at: nowhere) }
    }
  }
}

extension Finding {
  /// Returns the same of a group that is equal to the one it is about.
  fileprivate func speaking(of group: ConnectionGroup, as first: ConnectionGroup) -> Finding {
    var finding = self
    finding.group = group.name
    if let place = first.places.firstIndex(of: location) { finding.location = group.places[place] }
    return finding
  }
}
