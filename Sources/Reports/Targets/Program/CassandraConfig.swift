import Advisor
import TCPModel

/// Cassandra 4.1 and later: cassandra.yaml.
struct CassandraConfig: ProgramFile {
  let name = "cassandra"
  let summary = "Settings for cassandra.yaml."
  let programs = ["cassandra-internode"]
  let isOneForAll = true

  func fileName(for plan: String) -> String { "\(plan).cassandra.yaml" }

  func text(for settings: ProgramSettings) -> String {
    let lines = settings.lines([.option(.userTimeout), .timer(.connectTimeout)]) {
      "\($0): \($1.timeText)"
    }
    guard !lines.isEmpty else { return "# nothing to set\n" }
    return CommentWrapper.fold(
      "Cassandra 4.0 writes these as internode_tcp_user_timeout_in_ms and"
        + " internode_tcp_connect_timeout_in_ms, in milliseconds.") + lines
  }
}
