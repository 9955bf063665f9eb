import Advisor
import NetAddress
import Observations
package import TCPModel

extension ListenerState {
  /// Who listens where, and how full its queues are.
  var row: [String] {
    let place = "\(listener.program ?? "unknown process") on \(listener.socket.table.local)"
    var text = "\(waiting) of \(limit) to be accepted"
    if handshakes > 0 { text += ", \(handshakes) handshakes not over" }
    if isFull { text += "; full: what comes is dropped" }
    if isAtMaximum {
      text += "; the limit is net.core.somaxconn, a larger argument of listen() changes nothing"
    }
    return [place, text]
  }
}

extension DestinationPorts {
  /// Whether so many ports are in use that somebody should look.
  var isBusy: Bool { available.map { used * 10 >= $0 } ?? false }

  /// How many ports are taken, and how many connections a second that allows.
  func row(in snapshot: SettingsSnapshot) -> [String] {
    let share = available.map { " of \($0)" } ?? ""
    let waiting = timeWait == 0 ? "" : ", \(timeWait) in TIME-WAIT"
    let rate = available.map { "; \(PortTurnover($0, in: snapshot).text)" } ?? ""
    return ["\(source) → \(destination)", "\(used)\(share) ports in use\(waiting)\(rate)"]
  }
}

/// How many new connections a second the local ports allow from one address to one destination, if
/// this end closes first.
package struct PortTurnover: Sendable {
  let ports: Int
  let reuse: Int?

  package init(_ ports: Int, in snapshot: SettingsSnapshot) {
    (self.ports, reuse) = (ports, snapshot[.tcpTwReuse].number)
  }

  /// `TCP_TIMEWAIT_LEN`.
  private static let timeWait = 60

  package var text: String {
    let rate = "\(ports / Self.timeWait) new connections a second before EADDRNOTAVAIL"
    return reuse == 1
      ? "\(ports) a second, as tcp_tw_reuse takes ports after one, where the peer has timestamps"
      : rate
  }
}
