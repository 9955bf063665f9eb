import Advisor
import TCPModel

/// Elasticsearch and OpenSearch: their settings file.
struct ElasticsearchConfig: ProgramFile {
  let name = "elasticsearch"
  let summary = "Settings for elasticsearch.yml and opensearch.yml."
  let programs = ["elasticsearch"]
  let isOneForAll = true

  func fileName(for plan: String) -> String { "\(plan).elasticsearch.yml" }

  func text(for settings: ProgramSettings) -> String {
    (settings.keepsAlive ? "network.tcp.keep_alive: true\n" : "")
      + settings.lines(.keepaliveNumbers) { "\($0): \($1)" }
      + settings.lines(.waits) { "\($0): \($1.timeText)" }
  }
}
