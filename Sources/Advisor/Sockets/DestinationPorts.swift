package import NetAddress
import Observations
import TCPModel

/// The local ports that connections from one address to one destination take, of those there are.
package struct DestinationPorts: Sendable {
  package let source: IPAddress
  package let destination: Endpoint
  /// Ports in use, those in TIME-WAIT among them.
  package let used, timeWait: Int
  /// What there is of ports, and how often; nil if the range is not known.
  package let turnover: PortTurnover?

  static func destinations(of sockets: [JudgedSocket], in snapshot: SettingsSnapshot)
    -> [DestinationPorts]
  {
    struct Pair: Hashable {
      let source: IPAddress
      let destination: Endpoint
    }
    var used: [Pair: (all: Int, timeWait: Int)] = [:]
    for socket in sockets {
      guard case .outbound(let remote) = socket.role else { continue }
      let table = socket.socket.table
      let pair = Pair(source: table.local.address, destination: remote)
      used[pair, default: (0, 0)].all += 1
      if table.state == .timeWait { used[pair, default: (0, 0)].timeWait += 1 }
    }
    let turnover = PortTurnover(in: snapshot)
    return used.map { pair, count in
      DestinationPorts(
        source: pair.source, destination: pair.destination, used: count.all,
        timeWait: count.timeWait, turnover: turnover)
    }.sorted { ($0.used, $1.destination.description) > ($1.used, $0.destination.description) }
  }
}
