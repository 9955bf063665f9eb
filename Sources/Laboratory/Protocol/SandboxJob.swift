import TCPModel

/// What a sandbox is to run: sets of sysctls, experiments that each happen under one, and facts.
struct SandboxJob {
  /// On the monotonic clock.
  var deadline: Duration
  /// Whether it is run on the host's own loopback, because namespaces were refused.
  var isOnHost = false
  var settings: [[SysctlKey: String]] = []
  var experiments: [RunRequest] = []
  var facts: [(id: String, steps: String)] = []

  init(deadline: Duration) { self.deadline = deadline }

  /// The experiments that can be run live; their numbers are their indices among all.
  init(_ experiments: [Experiment], deadline: Duration) {
    self.init(deadline: deadline)
    var known: [[SysctlKey: String]: Int] = [:]
    for (number, experiment) in experiments.enumerated() where Self.objection(to: experiment) == nil
    {
      let set = Self.settings(of: experiment.snapshot)
      let index = known[set] ?? settings.count
      if index == settings.count { settings.append(set) }
      known[set] = index
      self.experiments.append(RunRequest(experiment, number: number, settings: index))
    }
  }

  /// `TCP_INIT_CWND`: what is written beyond it is not sent before an acknowledgement.
  private static let mostSegments = 10

  /// Returns why an experiment cannot be run; nil if it can.
  static func objection(to experiment: Experiment) -> String? {
    if experiment.optionsSetAfter != .zero, !experiment.scenario.depends(on: .lateOptions) {
      return "options set late are run on idle ones only"
    }
    if experiment.outage != nil, !experiment.scenario.depends(on: .outage) {
      let names = Scenario.depending(on: .outage).map(\.rawValue)
      return "a peer that comes back is run with \(names.dropLast().joined(separator: ", "))"
        + " and \(names.last ?? "none")"
    }
    if experiment.box != nil, experiment.outage != nil || !experiment.scenario.depends(on: .box) {
      return "a device that forgets is run with idle and send, and without an outage"
    }
    guard experiment.path.segments <= mostSegments else {
      return "a new connection has no more than \(mostSegments) segments in flight"
    }
    for (option, value) in experiment.options.sorted where CInt(exactly: value) == nil {
      return "\(option) cannot be \(value)"
    }
    return nil
  }

  /// Returns the values a network namespace can have of its own.
  private static func settings(of snapshot: SettingsSnapshot) -> [SysctlKey: String] {
    var values: [SysctlKey: String] = [:]
    for sysctl in SysctlCatalog.all where sysctl.scope(in: snapshot.kernel) != .host {
      guard let value = snapshot[sysctl.key].printed, !value.isEmpty else { continue }
      // A line holds one value: /proc prints lists with blanks or tabs, both mean the same.
      values[sysctl.key] = value.split { $0.isWhitespace }.joined(separator: " ")
    }
    return values
  }
}

extension SandboxJob {
  /// The lines that carry the script to a sandbox.
  var commands: [SandboxCommand] {
    var commands = [SandboxCommand.deadline(deadline)]
    for set in settings {
      commands.append(.settings)
      commands += set.sorted { $0.key < $1.key }.map { SandboxCommand.sysctl($0.key, $0.value) }
    }
    return commands + experiments.map(SandboxCommand.run)
      + facts.map(SandboxCommand.runFact(id:steps:)) + [.start]
  }

  /// Takes in an order; false when it is the last one.
  mutating func take(_ command: SandboxCommand) throws(MalformedLine) -> Bool {
    switch command {
    case .deadline(let time): deadline = time
    case .settings: settings.append([:])
    case .sysctl(let key, let value):
      guard !settings.isEmpty else { throw MalformedLine(command.line) }
      settings[settings.count - 1][key] = value
    case .run(let request):
      guard request.settings < settings.count else { throw MalformedLine(command.line) }
      experiments.append(request)
    case .runFact(let id, let steps): facts.append((id, steps))
    case .start: return false
    }
    return true
  }
}
