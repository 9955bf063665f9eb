import NetAddress
package import Observations
import TCPModel

/// Simulates what would become of live sockets, each question once.
package struct SocketJudge {
  /// What forecasts depend on.
  private struct Case: Hashable {
    let state: TCPState
    let options: OptionReadings?
    let keepalive: Bool?
    let path: Path
  }

  private let host: Host
  private var timelines: [ExperimentSignature: Timeline] = [:]
  private var forecasts: [Case: [SocketForecast]] = [:]
  private var explicit: [SocketOptions: SocketOptions] = [:]

  package init(on host: Host) { self.host = host }

  /// - Parameter listening: the ports that programs of the namespace listen on.
  package mutating func judged(
    _ socket: ObservedSocket, by program: String?, listening: Set<UInt16>
  ) -> JudgedSocket {
    let options = socket.readings.map { explicitOptions($0.options) }
    return JudgedSocket(
      socket: socket, program: program, role: Self.role(of: socket.table, listening),
      options: options, forecasts: forecasts(of: socket, options),
      ongoing: ongoing(socket, options))
  }

  private static func role(of socket: InetDiagSocket, _ listening: Set<UInt16>)
    -> JudgedSocket.Role
  {
    if socket.state == .listen { return .listener(port: socket.local.port) }
    let isInbound = socket.state == .synReceived || listening.contains(socket.local.port)
    return isInbound ? .inbound(port: socket.local.port) : .outbound(to: socket.remote)
  }

  private mutating func explicitOptions(_ read: SocketOptions) -> SocketOptions {
    if let known = explicit[read] { return known }
    let options = read.explicit(in: host.snapshot)
    explicit[read] = options
    return options
  }
}

extension SocketJudge {
  private mutating func forecasts(of socket: ObservedSocket, _ options: SocketOptions?)
    -> [SocketForecast]
  {
    let scenarios = Self.scenarios(in: socket.table.state)
    if scenarios.isEmpty { return [] }
    let asked = Case(
      state: socket.table.state, options: socket.readings,
      keepalive: options == nil ? socket.table.keepsAlive : nil, path: socket.table.path)
    if let known = forecasts[asked] { return known }
    let new = scenarios.map { forecast($0, of: socket, options) }
    forecasts[asked] = new
    return new
  }

  /// The ways in which a calm socket may come to wait for a peer that is gone; of a listener, the
  /// connections that it will accept.
  private static func scenarios(in state: TCPState) -> [Scenario] {
    switch state {
    case .established, .closeWait: [.idle, .send, .zeroWindow, .close]
    case .listen: [.accept, .idle, .send, .zeroWindow, .close]
    case .synSent, .synReceived, .finWait1, .finWait2, .timeWait, .closed, .lastAck, .closing: []
    }
  }

  private mutating func forecast(
    _ scenario: Scenario, of socket: ObservedSocket, _ options: SocketOptions?
  ) -> SocketForecast {
    var assumed = SocketOptions()
    if options == nil, scenario == .idle {
      switch socket.table.keepsAlive {
      case nil: return Self.unknown(scenario, "whether it sets SO_KEEPALIVE is not known")
      case false?: return Self.never(scenario)
      case true?: assumed[.keepalive] = 1
      }
    }
    let timeline = timeline(
      experiment(scenario, socket, (options ?? assumed).inherited(from: socket.table.state)))
    return SocketForecast(
      scenario: scenario, timeToEnd: timeline.timeToEnd, errno: timeline.errno,
      isAssumed: options == nil)
  }

  private static func unknown(_ scenario: Scenario, _ reason: String) -> SocketForecast {
    SocketForecast(
      scenario: scenario, timeToEnd: TimeToEnd(ends: .unknown(because: reason), range: nil),
      errno: nil, isAssumed: true)
  }

  /// No timer runs, so that nothing is sent as long as nobody writes.
  private static func never(_ scenario: Scenario) -> SocketForecast {
    SocketForecast(
      scenario: scenario, timeToEnd: TimeToEnd(ends: .never, range: nil), errno: nil,
      isAssumed: false)
  }

  private mutating func ongoing(_ socket: ObservedSocket, _ options: SocketOptions?)
    -> OngoingScenario?
  {
    guard let symptom = ScenarioSymptom(of: socket.table) else { return nil }
    var experiment = experiment(symptom.scenario, socket, options ?? SocketOptions())
    symptom.scenario.definition.enable(&experiment.options)
    experiment.path.segments = max(
      socket.table.info?.unacknowledged ?? 1, symptom.scenario.definition.fewestSegments)
    if symptom.scenario == .zeroWindow {
      experiment.receiverFate = socket.table.receiverFate(after: symptom.unanswered)
    }
    let timeline = timeline(experiment)
    return OngoingScenario(
      scenario: symptom.scenario, unanswered: symptom.unanswered,
      next: symptom.next, timeline: timeline,
      progress: timeline.progress(
        after: symptom.unanswered, next: symptom.next, under: host.rules),
      silence: socket.table.silence, isAssumed: options == nil)
  }

  private func experiment(
    _ scenario: Scenario, _ socket: ObservedSocket, _ options: SocketOptions
  ) -> Experiment {
    var experiment = Experiment(
      scenario, in: host.snapshot, options: options, family: socket.table.local.family,
      path: socket.table.path)
    experiment.receiverFate = .diesAtWorstMoment
    if let control = socket.table.congestionControl {
      experiment.snapshot[.tcpCongestionControl] = .value(.text(control))
    }
    return experiment
  }

  private mutating func timeline(_ experiment: Experiment) -> Timeline {
    let signature = ExperimentSignature(of: experiment, under: host.rules)
    if let known = timelines[signature] { return known }
    let timeline = Timeline(of: experiment, under: host.rules)
    timelines[signature] = timeline
    return timeline
  }
}

extension SocketOptions {
  /// Returns what a connection has that a listener with these options accepts; of any other socket
  /// they are its own.
  fileprivate func inherited(from state: TCPState) -> SocketOptions {
    guard state == .listen else { return self }
    return SocketOptions(values.filter { $0.key.info.isInherited || $0.key == .deferAccept })
  }
}
