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
    let lines = settings.lines([.timer(.connectTimeout), .option(.userTimeout)]) {
      "\($0): \($1.timeText)"
    }
    guard !lines.isEmpty else { return "# nothing to set\n" }
    let note = CommentWrapper.fold(
      "Cassandra 4.0 writes these with _in_ms at the end, in milliseconds.")
    guard let timeout = settings[.userTimeout] else { return note + lines }
    return note + lines
      + CommentWrapper.fold("The same for what is streamed, 300 s by default.")
      + "internode_streaming_tcp_user_timeout: \(timeout.timeText)\n"
  }
}
