package import TCPModel

extension Suspect {
  /// Of a path around half of the earth, though not by satellite.
  static let longestRoundTrip = Duration.milliseconds(300)

  /// Round trips apart, so that a time tells which it was: in a machine room, a region, a continent, a
  /// world.
  package static let roundTrips: [ClosedRange<Duration>] = {
    let bounds: [Duration] = [.microseconds(100)] + [1, 10, 50, 100].map(Duration.milliseconds)
    return zip(bounds, bounds.dropFirst() + [longestRoundTrip]).map { $0...$1 }
  }()

  /// Everything that may have given up: every scenario on every host, under the defaults of every
  /// release, and on both with what programs set and what hosts are often given.
  /// - Parameters:
  ///   - hosts: the one in question, under each kernel that it is to be seen under.
  ///   - options: what the program sets there.
  ///   - roundTrips: the paths that there are.
  ///   - errno: what was told. A new owner of an address resets what it does not know: of an address
  ///     that moved nothing but a reset tells, of which it is the usual reason.
  package static func all(
    on hosts: [Host], with options: SocketOptions = SocketOptions(),
    over roundTrips: [ClosedRange<Duration>] = Suspect.roundTrips, programs: [KnownProgram],
    telling errno: String? = nil
  ) -> [Suspect] {
    let releases = KernelRules.releases.compactMap { try? Host(defaultsOf: $0) }
    var line = SuspectLine(roundTrips: roundTrips)
    for host in hosts { line.add(.thisHost, on: host, options: options) }
    for host in releases { line.add(.kernelDefault, on: host) }
    if errno == "ECONNRESET" {
      for host in hosts { line.addMovedAddress(.thisHost, on: host, options: options) }
      for host in releases { line.addMovedAddress(.kernelDefault, on: host) }
    }
    // A stable release that differs is asked for its defaults alone.
    let worlds = hosts + releases.filter { $0.rules.release.patch == 0 }
    for program in programs { for world in worlds { line.add(program, on: world) } }
    for setting in CommonSetting.all { for world in worlds { line.add(setting, on: world) } }
    return line.suspects
  }
}

/// Suspects side by side, each once for all the kernels on which it is the same.
private struct SuspectLine {
  let roundTrips: [ClosedRange<Duration>]
  private(set) var suspects: [Suspect] = []
  private var known: [Suspect.Signature: Int] = [:]

  init(roundTrips: [ClosedRange<Duration>]) { self.roundTrips = roundTrips }

  /// Every scenario of a host but an address that moved.
  mutating func add(
    _ origin: Suspect.Origin, on host: Host, options: SocketOptions = SocketOptions()
  ) {
    for scenario in Scenario.allCases where scenario != .movedAddress {
      add(origin, scenario, on: host, options: options)
    }
  }

  mutating func addMovedAddress(
    _ origin: Suspect.Origin, on host: Host, options: SocketOptions = SocketOptions()
  ) {
    add(origin, .movedAddress, on: host, options: options)
  }

  /// The scenarios in which a program does something of its own.
  mutating func add(_ program: KnownProgram, on host: Host) {
    for scenario in Scenario.allCases where program.hasPart(in: scenario) {
      add(
        .program(program), scenario, on: host, options: program.sets, timers: program.application)
    }
  }

  /// The scenarios that a setting decides.
  mutating func add(_ setting: CommonSetting, on host: Host) {
    let changed = host.applying(setting.sysctls.mapValues { SysctlValue.number($0) })
    for scenario in Scenario.allCases where setting.decides(scenario) {
      add(.commonSetting(setting), scenario, on: changed, options: setting.options)
    }
  }

  private mutating func add(
    _ origin: Suspect.Origin, _ scenario: Scenario, on host: Host, options: SocketOptions,
    timers: ApplicationTimers = ApplicationTimers()
  ) {
    var options = options
    scenario.definition.enable(&options)
    for experiment in experiments(scenario, on: host, options) {
      let suspect = Suspect(origin, experiment, under: host.rules, timers: timers)
      let signature = suspect.signature
      if let index = known[signature] {
        suspects[index].kernels += suspect.kernels
      } else {
        known[signature] = suspects.count
        suspects.append(suspect)
      }
    }
  }

  /// The ways in which a scenario happens that lead to different ends. Where the peer's fate or what the
  /// client does is one of them, it counts for more than the path, which is then the shortest.
  private func experiments(_ scenario: Scenario, on host: Host, _ options: SocketOptions)
    -> [Experiment]
  {
    let isOfOnePath = scenario.depends(on: .receiverFate) || scenario.depends(on: .client)
    let paths = isOfOnePath ? Array(roundTrips.prefix(1)) : roundTrips
    let entries = scenario.depends(on: .client) ? [.reachable] : [NeighbourEntry.none, .stale]
    var plain = Experiment(scenario, in: host.snapshot, options: options)
    plain.precision = .ends
    return [plain]
      .varying(\.path, over: paths.map { Path(roundTrip: $0) }, .retransmissionTimeout)
      .varying(\.receiverFate, over: [.dies(after: .zero), .diesAtWorstMoment], .receiverFate)
      .varying(\.neighbourEntry, over: entries, .neighbourEntry)
      .varying(\.client, over: [.send, .idle], .client)
  }
}

extension [Experiment] {
  /// Returns each with every one of these values, where the scenario depends on that.
  fileprivate func varying<Value>(
    _ part: WritableKeyPath<Experiment, Value>, over values: [Value], _ detail: Experiment.Details
  ) -> [Experiment] {
    flatMap { experiment in
      guard experiment.scenario.depends(on: detail) else { return [experiment] }
      return values.map { value in
        var changed = experiment
        changed[keyPath: part] = value
        return changed
      }
    }
  }
}

extension KnownProgram {
  /// Whether it does something by itself that decides a scenario which can happen to it, and of which
  /// it is told.
  fileprivate func hasPart(in scenario: Scenario) -> Bool {
    guard scenario.definition.ending != .unreported, scenario != .movedAddress else {
      return false
    }
    let opener: ScenarioDefinition.Opener = direction == .outbound ? .client : .server
    guard scenario.definition.opener.map({ $0 == opener }) ?? true else { return false }
    if let option = scenario.definition.enablingOption, sets[option] ?? 0 == 0 {
      return application.heartbeat != nil
    }
    let options = sets.deciding(scenario).values.keys.filter {
      $0 != scenario.definition.enablingOption
    }
    return !options.isEmpty || application.deciding(scenario) != ApplicationTimers()
  }
}

extension CommonSetting {
  /// Options are a program's, so it is told of the end.
  fileprivate func decides(_ scenario: Scenario) -> Bool {
    guard scenario != .movedAddress else { return false }
    let isTold = scenario.definition.ending != .unreported
    return isTold && !options.deciding(scenario).isEmpty
      || scenario.sysctls.contains { sysctls[$0] != nil }
  }
}
