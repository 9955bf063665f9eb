import TCPModel

/// What a sandbox is to play: sets of sysctls, cases that each happen under one of them, and facts.
struct Script {
  /// On the monotonic clock.
  var deadline: Duration
  /// Whether it is played on the host's own loopback, because namespaces were refused.
  var isOnHost = false
  var settings: [[SysctlKey: String]] = []
  var cases: [LiveCase] = []
  var facts: [(id: String, steps: String)] = []

  init(deadline: Duration) { self.deadline = deadline }

  /// The cases that can be played live; their numbers are their places among all.
  init(_ cases: [Case], deadline: Duration) {
    self.init(deadline: deadline)
    var known: [[SysctlKey: String]: Int] = [:]
    for (number, play) in cases.enumerated() where Self.objection(to: play) == nil {
      let set = Self.settings(of: play.snapshot)
      let place = known[set] ?? settings.count
      if place == settings.count { settings.append(set) }
      known[set] = place
      self.cases.append(LiveCase(play, number: number, settings: place))
    }
  }

  /// `TCP_INIT_CWND`: what is written beyond it is not sent before an acknowledgement.
  private static let mostSegments = 10

  /// Why a case cannot be played; nil when it can.
  static func objection(to play: Case) -> String? {
    if play.optionsSetAfter != .zero, play.scenario != .idle {
      return "options set late are played on idle ones only"
    }
    switch play.scenario {
    case .connect, .idle, .send: break
    case .neighbour, .accept, .zeroWindow, .close, .finWait, .timeWait:
      if play.outage != nil {
        return "a peer that comes back is played with connect, idle and send"
      }
    }
    guard play.path.segments <= mostSegments else {
      return "a new connection has no more than \(mostSegments) segments in flight"
    }
    for (option, value) in play.options.sorted where CInt(exactly: value) == nil {
      return "\(option) cannot be \(value)"
    }
    return nil
  }

  /// The values a network namespace can have of its own.
  private static func settings(of snapshot: SettingsSnapshot) -> [SysctlKey: String] {
    var values: [SysctlKey: String] = [:]
    for sysctl in SysctlCatalog.all where sysctl.scope != .host {
      guard let value = snapshot[sysctl.key].printed, !value.isEmpty else { continue }
      // A line holds one value: /proc prints lists with blanks or tabs, both mean the same.
      values[sysctl.key] = value.split { $0.isWhitespace }.joined(separator: " ")
    }
    return values
  }
}

extension Script {
  /// The lines that carry the script to a sandbox.
  var orders: [Order] {
    var orders = [Order.deadline(deadline)]
    if isOnHost { orders.append(.onHost) }
    for set in settings {
      orders.append(.settings)
      orders += set.sorted { $0.key < $1.key }.map { Order.sysctl($0.key, $0.value) }
    }
    return orders + cases.map(Order.play) + facts.map(Order.playFact(id:steps:)) + [.start]
  }

  /// Takes in an order; false when it is the last one.
  mutating func take(_ order: Order) throws(MalformedLine) -> Bool {
    switch order {
    case .deadline(let time): deadline = time
    case .onHost: isOnHost = true
    case .settings: settings.append([:])
    case .sysctl(let key, let value):
      guard !settings.isEmpty else { throw MalformedLine(order.line) }
      settings[settings.count - 1][key] = value
    case .play(let live):
      guard live.settings < settings.count else { throw MalformedLine(order.line) }
      cases.append(live)
    case .playFact(let id, let steps): facts.append((id, steps))
    case .start: return false
    }
    return true
  }
}
