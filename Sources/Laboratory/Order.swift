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
      "case \(live.number) \(live.settings) \(live.scenario.rawValue) \(live.family.rawValue)"
        + " \(live.segments) \(live.optionsSetAfter.nanoseconds)"
        + " \(live.outage.map { "\($0.nanoseconds)" } ?? LiveCase.endless)"
        + live.options.sorted.map { " \($0.option)=\($0.value)" }.joined()
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

extension LiveCase {
  /// Stands for the outage that is none because it never ends.
  fileprivate static let endless = "endless"

  fileprivate init(from words: inout Words) throws(MalformedLine) {
    number = try words.number()
    settings = try words.number()
    scenario = try words.choice()
    family = try words.choice()
    segments = try words.number()
    optionsSetAfter = try words.time()
    outage = try words.time(unless: Self.endless)
    options = SocketOptions()
    while !words.isEmpty {
      let parts = try words.word().split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let option = SocketOption(named: parts[0]),
        let value = Int(parts[1]), CInt(exactly: value) != nil, options[option] == nil
      else { throw words.malformed }
      options[option] = value
    }
  }
}
