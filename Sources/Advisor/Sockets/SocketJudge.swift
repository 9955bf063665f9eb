import NetAddress
import Observations
import TCPModel

/// Simulates what would become of live sockets, each question once.
struct SocketJudge {
  /// What forecasts depend on.
  private struct Case: Hashable {
    let state: TCPState
    let options: OptionReadings?
    let keepsAlive: Bool?
    let path: PathSight
    let congestionControl: String?
  }

  private struct Forecasts {
    let number: Int
    let options: SocketOptions?
    let forecasts: [SocketForecast]
  }

  private let host: Host
  private let cache: TimelineCache
  private var known: [Case: Forecasts] = [:]

  init(on host: Host, asking cache: TimelineCache) { (self.host, self.cache) = (host, cache) }

  /// - Parameter listener: the socket of the namespace that listens on its port; nil if none does.
  mutating func judged(
    _ socket: ObservedSocket, by program: String?, under listener: ObservedSocket?
  ) -> JudgedSocket {
    let readings = socket.readings ?? socket.readings(from: listener)
    let forecasts = forecasts(of: socket.table, readings)
    return JudgedSocket(
      socket, of: program, as: Self.role(of: socket.table, under: listener),
      options: forecasts.options,
      forecasts: forecasts.forecasts, forecastNumber: forecasts.number,
      ongoing: ongoing(socket.table, forecasts.options))
  }

  private static func role(of socket: InetDiagSocket, under listener: ObservedSocket?)
    -> JudgedSocket.Role
  {
    if socket.state == .listen { return .listener(port: socket.local.port) }
    let isInbound = socket.state == .synReceived || listener != nil
    return isInbound ? .inbound(port: socket.local.port) : .outbound(to: socket.remote)
  }
}

extension ObservedSocket {
  /// Whether it is at a listener still: nobody has accepted it yet.
  var isUnaccepted: Bool {
    options == .unknown(.notAccepted) || table.state == .synReceived
  }

  /// Returns the options of a connection that nobody has accepted yet: those of its listener.
  fileprivate func readings(from listener: ObservedSocket?) -> OptionReadings? {
    guard isUnaccepted, let readings = listener?.readings else { return nil }
    guard table.state != .synReceived else { return readings }
    return OptionReadings(readings.options.inherited)
  }
}

extension SocketJudge {
  private mutating func forecasts(of socket: InetDiagSocket, _ readings: OptionReadings?)
    -> Forecasts
  {
    let asked = Case(
      state: socket.state, options: readings,
      keepsAlive: readings == nil ? socket.keepsAlive : nil, path: socket.pathSight,
      congestionControl: socket.congestionControl)
    if let forecasts = known[asked] { return forecasts }
    let options = readings?.options.explicit(in: host.snapshot)
    let new = Self.scenarios(in: socket.state).map { forecast($0, of: socket, options) }
    let forecasts = Forecasts(number: known.count, options: options, forecasts: new)
    known[asked] = forecasts
    return forecasts
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

  private func forecast(
    _ scenario: Scenario, of socket: InetDiagSocket, _ options: SocketOptions?
  ) -> SocketForecast {
    var assumed = SocketOptions()
    if options == nil, scenario == .idle {
      switch socket.keepsAlive {
      case nil: return Self.unknown(scenario, "whether it sets SO_KEEPALIVE is not known")
      case false?: return Self.never(scenario)
      case true?: assumed[.keepalive] = 1
      }
    }
    let timeline = timeline(
      experiment(
        scenario, socket,
        socket.state == .listen ? options?.forAccepted ?? assumed : options ?? assumed))
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

  private func ongoing(_ socket: InetDiagSocket, _ options: SocketOptions?)
    -> OngoingScenario?
  {
    guard let symptom = ScenarioSymptom(of: socket) else { return nil }
    var experiment = experiment(symptom.scenario, socket, options ?? SocketOptions())
    symptom.scenario.definition.enable(&experiment.options)
    experiment.path.segments = max(
      socket.info?.unacknowledged ?? 1, symptom.scenario.definition.fewestSegments)
    if symptom.scenario == .zeroWindow {
      experiment.receiverFate = socket.receiverFate(after: symptom.unanswered)
    }
    let timeline =
      options == nil && symptom.scenario == .idle
      ? .unknown(.idle, because: "the keepalive times of the program are not known")
      : timeline(experiment)
    let progress = timeline.progress(
      after: symptom.unanswered, next: symptom.next, under: host.rules)
    return OngoingScenario(
      symptom, timeline, progress, silence: socket.silence, isAssumed: options == nil)
  }

  private func experiment(
    _ scenario: Scenario, _ socket: InetDiagSocket, _ options: SocketOptions
  ) -> Experiment {
    var experiment = Experiment(
      scenario, in: host.snapshot, options: options, family: socket.local.family,
      path: socket.pathSight.path)
    experiment.receiverFate = .diesAtWorstMoment
    if let control = socket.congestionControl {
      experiment.snapshot[.tcpCongestionControl] = .value(.text(control))
    }
    return experiment
  }

  private func timeline(_ experiment: Experiment) -> Timeline {
    cache.timelineWithinBudget(of: experiment, under: host.rules)
      ?? .unknown(experiment.scenario, because: Self.excuse)
  }

  private static let excuse =
    "not simulated within the budget: too many sockets whose options and paths differ"
}

extension SocketOptions {
  /// Those that a connection gets from its listener.
  fileprivate var inherited: SocketOptions {
    SocketOptions(values.filter { $0.key.info.isInherited })
  }

  /// Those that decide what becomes of a connection from its handshake on, set on its listener.
  fileprivate var forAccepted: SocketOptions {
    SocketOptions(values.filter { $0.key.info.isInherited || $0.key == .deferAccept })
  }
}
