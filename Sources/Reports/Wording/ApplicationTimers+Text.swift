package import Advisor
import TCPModel

extension ApplicationTimers {
  /// `a heartbeat every 30 s, a read timeout of 60 s`; empty where there is none.
  package var text: String {
    [
      connectTimeout.map { "a connect timeout of \($0.text)" },
      connectTotal.map { "a connect timeout of \($0.text) for all addresses" },
      heartbeat.map { "a heartbeat every \($0.text)" },
      readTimeout.map { "a read timeout of \($0.text)" },
    ].compactMap { $0 }.joined(separator: ", ")
  }

  package var json: JSON {
    [
      "connect_timeout_seconds": .seconds(connectTimeout), "total_seconds": .seconds(connectTotal),
      "heartbeat_seconds": .seconds(heartbeat), "read_timeout_seconds": .seconds(readTimeout),
    ]
  }
}
