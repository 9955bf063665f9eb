import Advisor
import NetAddress
import Observations
import TCPModel

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
  var isBusy: Bool { turnover.map { used * 10 >= $0.ports } ?? false }

  /// How many ports are taken, and how many connections a second that allows.
  var row: [String] {
    let share = turnover.map { " of \($0.ports)" } ?? ""
    let waiting = timeWait == 0 ? "" : ", \(timeWait) in TIME-WAIT"
    let rate = turnover.map { "; \($0.text)" } ?? ""
    return ["\(source) → \(destination)", "\(used)\(share) ports in use\(waiting)\(rate)"]
  }
}

extension PortTurnover {
  /// `470 new connections a second to one address and port, before EADDRNOTAVAIL`
  var text: String {
    let plain =
      "\(ports) ports over \(timeWait.text) of TIME-WAIT are \(rate) new connections a second to one"
      + " address and port, then EADDRNOTAVAIL"
    guard let rateWithReuse, let reusedAfter else { return plain }
    return "\(plain); \(rateWithReuse) with tcp_tw_reuse, which takes a port again after"
      + " \(reusedAfter.text) where the peer sends timestamps"
  }
}
