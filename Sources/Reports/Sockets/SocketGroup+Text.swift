import Advisor
import NetAddress
import TCPModel

extension SocketGroup {
  /// Who talks to whom, and how often: `psql → 10.0.0.5:5432, 212 connections`.
  var title: String {
    let count = sockets.count.counted("connection")
    let part = waiting > 0 && waiting < sockets.count ? ", \(waiting) of them waiting" : ""
    let place = isLocal ? ", both ends here" : ""
    return "\(program ?? "unknown process") \(peer.text), \(count)\(part)\(place)"
  }

  var status: StatusMark {
    if waiting > 0 { return StatusMark("waits", .bad) }
    if mayHangForever { return StatusMark("never", .bad) }
    if case .unknown? = forecast(.idle)?.timeToEnd.ends { return StatusMark("unknown", .doubtful) }
    return StatusMark("ends", .good)
  }

  /// What its options are, and when a peer that is gone is noticed.
  /// - Parameter showsAll: in every scenario, where else idle and with data on its way.
  func details(showsAll: Bool) -> [RichText] {
    let others = showsAll ? Self.names : [Self.names[0]]
    let times = others.compactMap { scenario, name in
      forecast(scenario).map { "\(name) \($0.timeToEnd.text)" }
    }
    return ["\(basis.text): \(idle); \(times.joined(separator: ", "))"]
  }

  private static let names: [(Scenario, String)] = [
    (.send, "with data unacknowledged"), (.zeroWindow, "with its window closed"),
    (.close, "after close"),
  ]

  private var idle: String {
    guard let forecast = forecast(.idle) else { return "while idle unknown" }
    switch forecast.timeToEnd.ends {
    case .never: return "a dead peer is never noticed while idle"
    case .unknown(let reason): return "while idle unknown, because \(reason)"
    case .always, .maybeNever:
      return "a dead peer is noticed after \(forecast.timeToEnd.text) while idle"
    }
  }
}

extension SocketGroup {
  /// Where to switch on what notices a peer that is gone.
  func advice(among programs: [KnownProgram]) -> RichText {
    guard let known = known(among: programs) else {
      return RichText(
        "\(program ?? "unknown process") \(peer.text): SO_KEEPALIVE in the program or its settings, as"
          + " no sysctl switches it on; then net.ipv4.tcp_keepalive_time decides")
    }
    let able = known.canSet?.contains(.keepalive) ?? true
    let what = able ? "" : "it cannot set SO_KEEPALIVE; "
    return RichText("\(program ?? "") \(peer.text) (\(known.name)): \(what)\(known.notes ?? "")")
  }
}

extension SocketGroup.Peer {
  /// `→ 10.0.0.5:5432`, `→ port 443 of 37 servers` or `← port 5432`.
  var text: String {
    switch self {
    case .clients(let port): "← port \(port)"
    case .server(let endpoint): "→ \(endpoint)"
    case .servers(let port, let count): "→ port \(port) of \(count) servers"
    }
  }
}

extension SocketGroup.Basis {
  var text: String {
    switch self {
    case .options(let options): options.keepaliveText
    case .unknown(_, keepsAlive: true?): "keepalive on, other options unknown, and if none is set"
    case .unknown(_, keepsAlive: false?): "keepalive off, other options unknown, and if none is set"
    case .unknown(_, keepsAlive: nil): "options unknown, and if none is set"
    }
  }
}

extension SocketOptions {
  /// The options, and first whether keepalive is among them: `keepalive off`, `keepalive on,
  /// TCP_KEEPIDLE=60`.
  var keepaliveText: String {
    var others = self
    others[.keepalive] = nil
    let keepalive = "keepalive \(self[.keepalive] ?? 0 != 0 ? "on" : "off")"
    return others.isEmpty ? keepalive : "\(keepalive), \(others.text)"
  }
}
