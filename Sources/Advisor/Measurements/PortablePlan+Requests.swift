import TCPModel

extension PortablePlan {
  /// Returns what is emitted, as this kernel would do it: every objective of every group once
  /// without end, and where an outage is to be outlived with exactly that outage; and what devices on
  /// the path make of it.
  ///
  /// - Parameter host: whose settings stand where nothing is emitted.
  package func requests(on host: Host) -> [MeasurementRequest] {
    profiles.flatMap(\.groups).flatMap { group in
      group.objectives.flatMap { objective in
        let experiment = experiment(objective.scenario, of: group, on: host)
        return [end(of: objective, group, experiment), outage(of: objective, group, experiment)]
          .compactMap { $0 }
      } + boxRequests(of: group) { experiment($0, of: group, on: host) }
    }
  }

  /// Returns what the program of a group does, with the sysctls as emitted.
  private func experiment(_ scenario: Scenario, of group: ConnectionGroup, on host: Host)
    -> Experiment
  {
    var snapshot = host.snapshot
    for change in plan.sysctls {
      snapshot[change.key] = .value(change.to)
    }
    let isConnecting = scenario.isOfConnecting
    let options = options(of: group).filter { !isConnecting || $0.when != .afterConnect }
    return Experiment(
      scenario, in: snapshot,
      options: SocketOptions(Dictionary(options.map { ($0.option, $0.value) }) { $1 }),
      path: Path(segments: group.path.segments))
  }

  /// Silence without end. The program's own limit is not the kernel's: there is nothing to see.
  private func end(of objective: Objective, _ group: ConnectionGroup, _ experiment: Experiment)
    -> MeasurementRequest?
  {
    let isLimited = plan.deadlines.contains {
      $0.group == group.name && $0.scenario.withSameDeadline.contains(objective.scenario)
    }
    guard !isLimited else { return nil }
    var request = MeasurementRequest(.planned, group: group.name, experiment: experiment)
    request.expected = objective.within.map {
      ExpectedBounds(within: $0.time / group.path.addresses)
    }
    return request
  }

  private func outage(of objective: Objective, _ group: ConnectionGroup, _ experiment: Experiment)
    -> MeasurementRequest?
  {
    guard let survive = objective.survive?.time, survive > .zero,
      objective.scenario.depends(on: .outage)
    else { return nil }
    var request = MeasurementRequest(.planned, group: group.name, experiment: experiment)
    request.experiment.outage = survive
    request.expected = ExpectedBounds(survive: survive, recover: objective.recover?.time)
    return request
  }
}
