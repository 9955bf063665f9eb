import Advisor
import TCPModel

/// pika: arguments of `ConnectionParameters`.
struct PikaCode: ProgramFile {
  let name = "pika"
  let summary = "Arguments for pika's ConnectionParameters."
  let programs = ["pika"]
  let provedWith: String? = "pika 1.4"

  func fileName(for plan: String) -> String { "\(plan.plainName)_pika.py" }

  func text(for settings: ProgramSettings) -> String {
    let options = (SocketOption.keepaliveNumbers + [.userTimeout]).compactMap { option in
      settings[option].map { "        \"\(option.name)\": \($0),\n" }
    }
    var text = "\(settings.label.variableName.uppercased()) = {\n"
    // pika switches SO_KEEPALIVE on with the first of them.
    if !options.isEmpty { text += "    \"tcp_options\": {\n\(options.joined())    },\n" }
    text += settings.lines(.waits) { "    \"\($0)\": \($1.secondsText)," }
    return text + "}\n"
  }
}
