import TCPModel

extension Emission {
  /// What is emitted, as this kernel would do it: every objective of every group once without end,
  /// and where an outage is to be outlived with exactly that outage.
  ///
  /// - Parameter host: whose settings stand where nothing is emitted.
  package func trials(on host: Host) -> [Trial] {
    profiles.flatMap(\.groups).flatMap { group in
      group.objectives.flatMap { objective in
        let play = play(objective.scenario, of: group, on: host)
        return [end(of: objective, group, play), outage(of: objective, group, play)]
          .compactMap { $0 }
      }
    }
  }

  /// What the program of a group does, with the sysctls as emitted.
  private func play(_ scenario: Scenario, of group: ConnectionGroup, on host: Host) -> Case {
    var snapshot = host.snapshot
    for change in plan.sysctls {
      snapshot[change.key] = Reading(parsing: change.to, for: SysctlCatalog[change.key])
    }
    let isConnecting = scenario == .connect || scenario == .neighbour
    let options = options(of: group).filter { !isConnecting || $0.when != .afterConnect }
    return Case(
      scenario, in: snapshot,
      options: SocketOptions(Dictionary(options.map { ($0.option, $0.value) }) { $1 }),
      path: Path(segments: group.path.segments))
  }

  /// Silence without end. The program's own limit is not the kernel's: there is nothing to see.
  private func end(of objective: Objective, _ group: ConnectionGroup, _ play: Case) -> Trial? {
    let isLimited = plan.deadlines.contains {
      $0.connections == group.name && $0.scenario == objective.scenario
    }
    guard !isLimited else { return nil }
    var trial = Trial(.planned, connections: group.name, play: play)
    trial.promise = objective.within.map { Promise(within: $0.time / group.path.addresses) }
    return trial
  }

  private func outage(of objective: Objective, _ group: ConnectionGroup, _ play: Case) -> Trial? {
    guard let survive = objective.survive?.time, survive > .zero,
      [.connect, .idle, .send].contains(objective.scenario)
    else { return nil }
    var trial = Trial(.planned, connections: group.name, play: play)
    trial.play.outage = survive
    trial.promise = Promise(survive: survive, recover: objective.recover?.time)
    return trial
  }
}
