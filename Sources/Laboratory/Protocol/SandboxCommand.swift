import Linux
import TCPModel

/// A line from the tool to its sandbox; `LineBuffer` lists them.
enum SandboxCommand: Equatable {
  case deadline(Duration)
  case settings
  case sysctl(SysctlKey, String)
  case run(RunRequest)
  case runFact(id: String, steps: String)
  case start

  var line: String {
    switch self {
    case .deadline(let time): "deadline \(time.saturatingNanoseconds)"
    case .settings: "settings"
    case .sysctl(let key, let value): "sysctl \(key) \(value)"
    case .run(let request):
      "case \(request.line)"
    case .runFact(let id, let steps): "fact \(id) \(steps)"
    case .start: "run"
    }
  }

  init(parsing line: String) throws(MalformedLine) {
    var scanner = LineScanner(line)
    switch try scanner.word() {
    case "deadline": self = .deadline(try scanner.time())
    case "settings": self = .settings
    case "sysctl": self = .sysctl(SysctlKey(try scanner.word()), try scanner.text())
    case "case": self = .run(try RunRequest(from: &scanner))
    case "fact": self = .runFact(id: try scanner.word(), steps: try scanner.text())
    case "run": self = .start
    default: throw scanner.malformed
    }
    try scanner.finish()
  }
}
