import Advisor
import TCPModel

/// The RabbitMQ server: advanced.config, where options of the kernel can be named by their numbers.
struct RabbitMQConfig: ProgramFile {
  let name = "rabbitmq"
  let summary = "Socket options for RabbitMQ's advanced.config."
  let programs = ["rabbitmq"]
  let commentPrefix = "%% "
  let provedWith: String? = "RabbitMQ 3.10"

  func fileName(for plan: String) -> String { "\(plan).rabbitmq.config" }

  func text(for settings: ProgramSettings) -> String {
    var options = settings.keepsAlive ? ["{keepalive, true}"] : []
    options += (SocketOption.keepaliveNumbers + [.userTimeout]).compactMap { option in
      settings[option].map {
        "{raw, \(option.info.level.number), \(option.info.number), <<\($0):32/native>>}"
      }
    }
    return "[\n  {rabbit, [\n    {tcp_listen_options, [\n      "
      + options.joined(separator: ",\n      ") + "\n    ]}\n  ]}\n].\n"
  }
}
