import Advisor
import TCPModel

/// lettuce: its socket options, in Java.
struct LettuceCode: ProgramFile {
  let name = "lettuce"
  let summary = "Socket options for lettuce, in Java."
  let programs = ["lettuce"]
  let commentPrefix = "// "
  let opening = "import io.lettuce.core.SocketOptions;\nimport java.time.Duration;\n\n"

  func fileName(for plan: String) -> String { "\(plan).lettuce.java" }

  func text(for settings: ProgramSettings) -> String {
    var text = "SocketOptions \(settings.label.variableName)Options = SocketOptions.builder()\n"
    if let time = settings[.connectTimeout] {
      text += "    .connectTimeout(Duration.ofMillis(\(time)))\n"
    }
    if settings.keepsAlive {
      text += "    .keepAlive(SocketOptions.KeepAliveOptions.builder().enable()\n"
      if let idle = settings[.keepIdle] { text += "        .idle(Duration.ofSeconds(\(idle)))\n" }
      if let interval = settings[.keepInterval] {
        text += "        .interval(Duration.ofSeconds(\(interval)))\n"
      }
      if let count = settings[.keepCount] { text += "        .count(\(count))\n" }
      text += "        .build())\n"
    }
    if let timeout = settings[.userTimeout] {
      text +=
        "    .tcpUserTimeout(SocketOptions.TcpUserTimeoutOptions.builder().enable()\n"
        + "        .tcpUserTimeout(Duration.ofMillis(\(timeout))).build())\n"
    }
    return text + "    .build();\n"
  }
}
