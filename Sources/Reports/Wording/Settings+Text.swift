package import TCPModel

extension SocketOptions {
  /// What a program is taken to set: `SO_KEEPALIVE, TCP_USER_TIMEOUT=30000`, or `none`.
  package var text: String {
    if isEmpty { return "none" }
    return sorted.map { option, value in
      option.unit == .flag && value == 1 ? option.name : "\(option.name)=\(value)"
    }.joined(separator: ", ")
  }
}

extension SysctlReading {
  /// The value as it is shown: what /proc prints, or why there is none.
  package var text: String {
    switch self {
    case .value(let value): value.printed
    case .absent: "absent"
    case .denied(let errno): errno
    case .malformed(let text): "malformed (\(text))"
    }
  }
}

extension Sysctl.Unit {
  /// What stands behind a number.
  var suffix: String {
    switch self {
    case .seconds: " s"
    case .milliseconds: " ms"
    case .microseconds: " µs"
    case .nanoseconds: " ns"
    case .percent: " %"
    case .count, .bytes, .pages, .flag, .mode, .entries, .ports, .name: ""
    }
  }
}

extension Sysctl.TakesEffect {
  /// When a change reaches what is running.
  package var text: String {
    switch self {
    case .atOnce: "at once"
    case .atKeepaliveTimer:
      "at the next keepalive timer of each socket without values of its own"
    case .atRetransmission: "at the next retransmission timer, also of existing sockets"
    case .atNeighbourTimer: "at the next timer of each neighbour"
    case .atPacket: "at the next packet of each connection"
    case .inFinWait2: "on connections that enter FIN-WAIT-2 afterwards"
    case .onNewConnections: "on connections made afterwards"
    case .onNewSockets: "on sockets created afterwards"
    case .partlyOnNewSockets: "partly at once, partly on sockets created afterwards"
    case .onNewDevices: "on devices created afterwards"
    case .atListen: "at the next listen(); running listeners keep what they have"
    case .atSetsockopt: "at the next setsockopt()"
    case .withinFiveMinutes: "within five minutes"
    }
  }
}

extension SettingsSnapshot {
  /// The tick, or those that are simulated where it is unknown.
  var tickName: String {
    let common = TickRate.common.map { "\($0.hertz)" }.listed
    return tickRate.map(\.description) ?? "unknown tick rate (HZ=\(common) modelled)"
  }
}
