import Linux
import TCPModel

/// A line from the sandbox to the tool; `Lines` lists them.
enum Report: Equatable {
  case refused(because: String)
  case notCopied(settings: Int, SysctlKey, errno: String)
  case begun(number: Int, at: Duration)
  case timeouts(number: Int, retransmission: Duration, roundTrip: Duration)
  case event(number: Int, Observation.Event)
  case outageOver(number: Int, lasted: Duration)
  case outlived(number: Int, resumedAfter: Duration)
  /// Without an errno where nobody is told.
  case ended(number: Int, errno: String?, after: Duration)
  case notPlayed(number: Int, because: String)
  case fact(id: String, seen: String)
  case factNotPlayed(id: String, because: String)
  case done

  /// Stands for the errno that there is none.
  private static let untold = "-"

  /// Whether nothing comes after it of its case.
  var isLast: Bool {
    switch self {
    case .outlived, .ended, .notPlayed: true
    case .refused, .notCopied, .begun, .timeouts, .event, .outageOver, .fact, .factNotPlayed, .done:
      false
    }
  }

  var line: String {
    switch self {
    case .refused(let reason): "refused \(reason)"
    case .notCopied(let settings, let key, let errno): "not-copied \(settings) \(key) \(errno)"
    case .begun(let number, let time): "begun \(number) \(time.nanoseconds)"
    case .timeouts(let number, let timeout, let roundTrip):
      "timeouts \(number) \(timeout.nanoseconds) \(roundTrip.nanoseconds)"
    case .event(let number, let event):
      "event \(number) \(event.kind.rawValue) \(event.time.nanoseconds)"
    case .outageOver(let number, let time): "outage-over \(number) \(time.nanoseconds)"
    case .outlived(let number, let time): "outlived \(number) \(time.nanoseconds)"
    case .ended(let number, let errno, let time):
      "ended \(number) \(errno ?? Self.untold) \(time.nanoseconds)"
    case .notPlayed(let number, let reason): "not-played \(number) \(reason)"
    case .fact(let id, let seen): "fact \(id) \(seen)"
    case .factNotPlayed(let id, let reason): "fact-not-played \(id) \(reason)"
    case .done: "done"
    }
  }

  init(parsing line: String) throws(MalformedLine) {
    var words = Words(line)
    switch try words.word() {
    case "refused": self = .refused(because: try words.text())
    case "not-copied":
      self = .notCopied(
        settings: try words.number(), SysctlKey(try words.word()), errno: try words.word())
    case "begun": self = .begun(number: try words.number(), at: try words.time())
    case "timeouts":
      self = .timeouts(
        number: try words.number(), retransmission: try words.time(), roundTrip: try words.time())
    case "event":
      let number = try words.number()
      self = .event(number: number, Observation.Event(try words.choice(), at: try words.time()))
    case "outage-over":
      self = .outageOver(number: try words.number(), lasted: try words.time())
    case "outlived":
      self = .outlived(number: try words.number(), resumedAfter: try words.time())
    case "ended":
      let number = try words.number()
      let errno = try words.word()
      self = .ended(
        number: number, errno: errno == Self.untold ? nil : errno, after: try words.time())
    case "not-played":
      self = .notPlayed(number: try words.number(), because: try words.text())
    case "fact": self = .fact(id: try words.word(), seen: try words.text())
    case "fact-not-played":
      self = .factNotPlayed(id: try words.word(), because: try words.text())
    case "done": self = .done
    default: throw words.malformed
    }
    try words.finish()
  }
}
