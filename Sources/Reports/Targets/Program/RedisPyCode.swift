import Advisor
import TCPModel

/// redis-py: arguments for its connections.
struct RedisPyCode: ProgramFile {
  let name = "redis-py"
  let summary = "Arguments for redis-py."
  let programs = ["redis-py"]
  let opening = "import socket\n\n"
  let provedWith: String? = "redis-py 8.1"

  func fileName(for plan: String) -> String { "\(plan.plainName)_redis.py" }

  func text(for settings: ProgramSettings) -> String {
    let options = (SocketOption.keepaliveNumbers + [.userTimeout]).compactMap { option in
      settings[option].map { "        socket.\(option.name): \($0),\n" }
    }
    var text = "\(settings.label.variableName.uppercased()) = {\n"
    text += "    \"socket_keepalive\": \(settings.keepsAlive ? "True" : "False"),\n"
    if !options.isEmpty {
      text += "    \"socket_keepalive_options\": {\n\(options.joined())    },\n"
    }
    text += settings.lines(.waits) { "    \"\($0)\": \($1.secondsText)," }
    return text + "}\n"
  }
}
