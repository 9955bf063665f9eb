import Advisor
import TCPModel

/// The RabbitMQ server: advanced.config, where options of the kernel can be named by their numbers.
struct RabbitMQConfig: ProgramFile {
  let name = "rabbitmq"
  let summary = "Socket options for RabbitMQ's advanced.config."
  let programs = ["rabbitmq"]
  let commentPrefix = "%% "
  let provedWith: String? = "RabbitMQ 3.10"
  let isOneForAll = true

  func fileName(for plan: String) -> String { "\(plan).rabbitmq.config" }

  func text(for settings: ProgramSettings) -> String {
    // The list takes the place of the server's own, which stands first.
    var options = [
      "{backlog, 128}", "{nodelay, true}", "{linger, {true, 0}}", "{exit_on_close, false}",
    ]
    if settings.keepsAlive { options.append("{keepalive, true}") }
    options += (SocketOption.keepaliveNumbers + [.userTimeout]).compactMap { option in
      settings[option].map {
        "{raw, \(option.info.level.number), \(option.info.number), <<\($0):32/native>>}"
      }
    }
    return "[\n  {rabbit, [\n    {tcp_listen_options, [\n      "
      + options.joined(separator: ",\n      ") + "\n    ]}\n  ]}\n].\n"
  }
}
