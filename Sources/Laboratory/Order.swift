import Linux
import TCPModel

/// A line from the tool to its sandbox; `Lines` lists them.
enum Order: Equatable {
  case deadline(Duration)
  case onHost
  case settings
  case sysctl(SysctlKey, String)
  case play(LiveCase)
  case playFact(id: String, steps: String)
  case start

  var line: String {
    switch self {
    case .deadline(let time): "deadline \(time.nanoseconds)"
    case .onHost: "on-host"
    case .settings: "settings"
    case .sysctl(let key, let value): "sysctl \(key) \(value)"
    case .play(let live):
      "case \(live.words)"
    case .playFact(let id, let steps): "fact \(id) \(steps)"
    case .start: "play"
    }
  }

  init(parsing line: String) throws(MalformedLine) {
    var words = Words(line)
    switch try words.word() {
    case "deadline": self = .deadline(try words.time())
    case "on-host": self = .onHost
    case "settings": self = .settings
    case "sysctl": self = .sysctl(SysctlKey(try words.word()), try words.text())
    case "case": self = .play(try LiveCase(from: &words))
    case "fact": self = .playFact(id: try words.word(), steps: try words.text())
    case "play": self = .start
    default: throw words.malformed
    }
    try words.finish()
  }
}
