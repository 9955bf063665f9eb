import Advisor
import TCPModel

/// Kafka's clients for Java, or librdkafka: properties.
struct KafkaConfig: ProgramFile {
  let name: String
  let summary: String
  let programs: [String]
  let provedWith: String?

  static let java = KafkaConfig(
    name: "kafka", summary: "Properties for Kafka's clients for Java.", programs: ["kafka-java"],
    provedWith: nil)
  static let librdkafka = KafkaConfig(
    name: "librdkafka", summary: "Properties for librdkafka.", programs: ["librdkafka"],
    provedWith: "kcat 1.7 and librdkafka 2.0")
  let isOneForAll = true

  func fileName(for plan: String) -> String { "\(plan).\(name).properties" }

  func text(for settings: ProgramSettings) -> String {
    var text = ""
    if let switchedOn = settings[.keepalive] {
      text += "socket.keepalive.enable=\(switchedOn != 0)\n"
    }
    if name == "kafka", let time = settings[.connectTimeout] {
      text += CommentWrapper.fold("The client varies this time by up to a fifth.")
      text += "socket.connection.setup.timeout.ms=\(time)\n"
    }
    text += settings.lines(.waits) { "\($0)=\($1)" }
    return text.isEmpty ? "# nothing to set\n" : text
  }
}
