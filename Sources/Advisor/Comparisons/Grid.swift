package import TCPModel

/// Settings to try live: of each row every combination of what it lists.
package struct Grid: Sendable {
  package struct Row: Sendable {
    package var scenarios: [Scenario]
    package var families: [Case.Family] = [.v4]
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
    package var cases: Int
  }

  /// The cases as they are played on a host, the settings that a row does not name being the host's.
  package func trials(on host: Host) -> (trials: [Trial], leftOut: [LeftOut]) {
    var leftOut: [LeftOut] = []
    let trials = rows.flatMap { row -> [Trial] in
      let missing = row.settings.filter { !host.has($0) }
      guard missing.isEmpty else {
        leftOut += missing.map { LeftOut(setting: $0, cases: row.count) }
        return []
      }
      return row.cases(in: host.snapshot).map {
        Trial(.current, connections: $0.scenario.rawValue, play: $0)
      }
    }
    return (trials, leftOut)
  }
}

extension Grid.Row {
  fileprivate var settings: [Setting] {
    sysctls.map { .sysctl($0.key) } + options.map { .option($0.option) }
  }

  fileprivate func cases(in snapshot: SettingsSnapshot) -> [Case] {
    var cases = scenarios.flatMap { scenario in
      families.map { Case(scenario, in: snapshot, family: $0) }
    }
    for (key, values) in sysctls {
      cases = cases.crossed(with: values) { $0.snapshot[key] = .value($1) }
    }
    // Without probes there is nothing to try.
    if !options.contains(where: { $0.option == .keepalive }) {
      for index in cases.indices where cases[index].scenario == .idle {
        cases[index].options[.keepalive] = 1
      }
    }
    for (option, values) in options {
      cases = cases.crossed(with: values) { $0.options[option] = $1 }
    }
    cases = cases.crossed(with: segments) { $0.path.segments = $1 }
    cases = cases.crossed(with: outages) { $0.outage = $1 }
    // Elsewhere it has no meaning, and would only play the same again.
    return cases.flatMap { play in
      play.scenario == .zeroWindow
        ? [play].crossed(with: afterDeath) { $0.stall = .peerDies(after: $1) } : [play]
    }
  }
}

extension Host {
  fileprivate func has(_ setting: Setting) -> Bool {
    switch setting {
    case .sysctl(let key): snapshot[key] != .absent
    case .option(let option): option.since.map { rules.release >= $0 } ?? true
    }
  }
}

extension [Case] {
  fileprivate func crossed<Value>(with values: [Value], _ set: (inout Case, Value) -> Void)
    -> [Case]
  {
    flatMap { play in
      values.map { value in
        var changed = play
        set(&changed, value)
        return changed
      }
    }
  }
}
