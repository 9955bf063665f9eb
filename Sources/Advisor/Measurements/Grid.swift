package import NetAddress
package import TCPModel

/// Settings to try live: of each row every combination of what it lists.
package struct Grid: Sendable {
  package struct Row: Sendable {
    package var scenarios: [Scenario]
    package var families: [AddressFamily] = [.v4]
    package var sysctls: [(key: SysctlKey, values: [Int])] = []
    /// nil among the values: the program does not set the option.
    package var options: [(option: SocketOption, values: [Int?])] = []
    /// Segments in flight.
    package var segments: [Int] = [1]
    /// How long a window is closed before its peer dies.
    package var afterDeath: [Duration] = [.zero]
    /// nil: the peer never comes back.
    package var outages: [Duration?] = [nil]

    package init(_ scenarios: [Scenario]) { self.scenarios = scenarios }

    /// How many combinations there are; stops counting above `Grid.mostCases`.
    package var count: Int {
      let lists =
        [scenarios.count, families.count, segments.count, afterDeath.count, outages.count]
        + sysctls.map(\.values.count) + options.map(\.values.count)
      return lists.reduce(1) { min($0 * $1, Grid.mostCases + 1) }
    }
  }

  /// More would be more sockets than a process may have, and more text than anybody reads.
  package static let mostCases = 4096

  package var rows: [Row]
  package init(_ rows: [Row]) { self.rows = rows }

  /// What is left out on a kernel that lacks a setting, by its name.
  package struct LeftOut: Equatable, Sendable {
    package let setting: Setting
    package var experiments: Int
  }

  /// Returns the experiments as they are run on a host, the settings that a row does not name being
  /// the host's.
  package func requests(on host: Host) -> (requests: [MeasurementRequest], leftOut: [LeftOut]) {
    var leftOut: [LeftOut] = []
    let requests = rows.flatMap { row -> [MeasurementRequest] in
      let missing = row.settings.filter { !host.has($0) }
      guard missing.isEmpty else {
        leftOut += missing.map { LeftOut(setting: $0, experiments: row.count) }
        return []
      }
      return row.experiments(in: host.snapshot).map {
        var request = MeasurementRequest(.current, group: $0.scenario.rawValue, experiment: $0)
        request.applied = row.sysctls.map(\.key)
        return request
      }
    }
    return (requests, leftOut)
  }
}

extension Grid.Row {
  fileprivate var settings: [Setting] {
    sysctls.map { .sysctl($0.key) } + options.map { .option($0.option) }
  }

  fileprivate func experiments(in snapshot: SettingsSnapshot) -> [Experiment] {
    var experiments = scenarios.flatMap { scenario in
      families.map { Experiment(scenario, in: snapshot, family: $0) }
    }
    for (key, values) in sysctls {
      experiments = experiments.crossed(with: values) { $0.snapshot[key] = .value(.number($1)) }
    }
    // Without probes there is nothing to try.
    for index in experiments.indices {
      experiments[index].scenario.definition.enable(&experiments[index].options)
    }
    for (option, values) in options {
      experiments = experiments.crossed(with: values) { $0.options[option] = $1 }
    }
    experiments = experiments.crossed(with: segments) { $0.path.segments = $1 }
    experiments = experiments.crossed(with: outages) { $0.outage = $1 }
    // Elsewhere it has no meaning, and would only run the same again.
    return experiments.flatMap { experiment in
      experiment.scenario.depends(on: .receiverFate)
        ? [experiment].crossed(with: afterDeath) { $0.receiverFate = .dies(after: $1) }
        : [experiment]
    }
  }
}

extension Host {
  fileprivate func has(_ setting: Setting) -> Bool {
    switch setting {
    case .sysctl(let key): snapshot[key] != .absent
    case .option(let option): option.info.exists(in: rules.release)
    }
  }
}

extension [Experiment] {
  fileprivate func crossed<Value>(with values: [Value], _ set: (inout Experiment, Value) -> Void)
    -> [Experiment]
  {
    flatMap { experiment in
      values.map { value in
        var changed = experiment
        set(&changed, value)
        return changed
      }
    }
  }
}
