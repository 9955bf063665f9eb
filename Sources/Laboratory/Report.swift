import Linux
import TCPModel

/// A line from the sandbox to the tool; `Lines` lists them.
enum Report: Hashable {
  case notCopied(settings: Int, SysctlKey, errno: String)
  case timeouts(number: Int, retransmission: Duration, roundTrip: Duration)
  case event(number: Int, Observation.Event)
  case outcome(number: Int, Observation.Outcome)
  case done

  var line: String {
    switch self {
    case .notCopied(let settings, let key, let errno): "not-copied \(settings) \(key) \(errno)"
    case .timeouts(let number, let timeout, let roundTrip):
      "timeouts \(number) \(timeout.nanoseconds) \(roundTrip.nanoseconds)"
    case .event(let number, let event):
      "event \(number) \(event.kind.rawValue) \(event.time.nanoseconds)"
    case .outcome(let number, .ended(let errno, let time)):
      "ended \(number) \(errno) \(time.nanoseconds)"
    case .outcome(let number, .running(let time)): "running \(number) \(time.nanoseconds)"
    case .outcome(let number, .notPlayed(let reason)): "not-played \(number) \(reason)"
    case .done: "done"
    }
  }

  init(parsing line: String) throws(MalformedLine) {
    var words = Words(line)
    switch try words.word() {
    case "not-copied":
      self = .notCopied(
        settings: try words.number(), SysctlKey(try words.word()), errno: try words.word())
    case "timeouts":
      self = .timeouts(
        number: try words.number(), retransmission: try words.time(), roundTrip: try words.time())
    case "event":
      let number = try words.number()
      self = .event(number: number, Observation.Event(try words.choice(), at: try words.time()))
    case "ended":
      let number = try words.number()
      self = .outcome(
        number: number, .ended(errno: try words.word(), after: try words.time()))
    case "running":
      self = .outcome(number: try words.number(), .running(after: try words.time()))
    case "not-played":
      self = .outcome(number: try words.number(), .notPlayed(because: try words.text()))
    case "done": self = .done
    default: throw words.malformed
    }
    try words.finish()
  }
}
