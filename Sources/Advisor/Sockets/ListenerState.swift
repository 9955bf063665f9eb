import NetAddress
import Observations
import TCPModel

/// How full the queues of a listener are.
package struct ListenerState: Sendable {
  package let listener: JudgedSocket
  /// Connections that wait for accept(), and how many may: the argument of listen() or somaxconn,
  /// whichever was less.
  package let waiting, limit: Int
  /// Handshakes that are not over.
  package let handshakes: Int
  /// net.core.somaxconn; nil if it is not known.
  package let maximum: Int?

  /// Whether a connection more is dropped (`sk_acceptq_is_full`).
  package var isFull: Bool { waiting > limit }
  /// Whether a larger argument of listen() changes nothing.
  package var isAtMaximum: Bool { limit == maximum }

  static func states(of sockets: [JudgedSocket], in snapshot: SettingsSnapshot) -> [ListenerState] {
    var handshakes: [UInt16: Int] = [:]
    for socket in sockets where socket.socket.table.state == .synReceived {
      handshakes[socket.socket.table.local.port, default: 0] += 1
    }
    return sockets.filter { $0.socket.table.state == .listen }.map { listener in
      let table = listener.socket.table
      return ListenerState(
        listener: listener, waiting: table.receiveQueue, limit: table.sendQueue,
        handshakes: handshakes[table.local.port] ?? 0, maximum: snapshot[.somaxconn].number)
    }.sorted { ($0.fullness, -$0.port) > ($1.fullness, -$1.port) }
  }

  private var fullness: Double { limit > 0 ? Double(waiting) / Double(limit) : Double(waiting) }
  private var port: Int { Int(listener.socket.table.local.port) }
}
