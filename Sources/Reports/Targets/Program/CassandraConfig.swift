import Advisor
import TCPModel

/// Cassandra 4.1 and later: cassandra.yaml.
struct CassandraConfig: ProgramFile {
  let name = "cassandra"
  let summary = "Settings for cassandra.yaml."
  let programs = ["cassandra-internode"]

  func fileName(for plan: String) -> String { "\(plan).cassandra.yaml" }

  func text(for settings: ProgramSettings) -> String {
    let lines = settings.lines([.option(.userTimeout), .timer(.connectTimeout)]) {
      "\($0): \($1.timeText)"
    }
    return lines.isEmpty ? "# nothing to set\n" : lines
  }
}
