import Linux
import Observations
import TCPModel

/// A line from the sandbox to the tool; `LineBuffer` lists them.
enum SandboxEvent: Equatable {
  case ready
  case refused(because: String)
  case notCopied(settings: Int, SysctlKey, errno: String)
  case begun(number: Int, at: Duration)
  case timeouts(number: Int, retransmission: Duration, roundTrip: Duration)
  case event(number: Int, Observation.Event)
  case outageOver(number: Int, lasted: Duration)
  /// The last look at which it was still there, of what ends without anybody being told.
  case lastSeen(number: Int, at: Duration)
  case outlived(number: Int, resumedAfter: Duration)
  /// Without an errno where nobody is told.
  case ended(number: Int, errno: String?, after: Duration)
  case notRun(number: Int, because: String)
  case fact(id: String, seen: String)
  case factNotRun(id: String, because: String)
  case done

  /// Stands for the errno that there is none.
  private static let untold = "-"

  /// Whether it is the last of its run.
  var isLast: Bool {
    switch self {
    case .outlived, .ended, .notRun: true
    case .ready, .refused, .notCopied, .begun, .timeouts, .event, .outageOver, .lastSeen, .fact,
      .factNotRun, .done:
      false
    }
  }

  var line: String {
    switch self {
    case .ready: "ready"
    case .refused(let reason): "refused \(reason)"
    case .notCopied(let settings, let key, let errno): "not-copied \(settings) \(key) \(errno)"
    case .begun(let number, let time): "begun \(number) \(time.saturatingNanoseconds)"
    case .timeouts(let number, let timeout, let roundTrip):
      "timeouts \(number) \(timeout.saturatingNanoseconds) \(roundTrip.saturatingNanoseconds)"
    case .event(let number, let event):
      "event \(number) \(event.kind.rawValue) \(event.time.saturatingNanoseconds)"
    case .outageOver(let number, let time): "outage-over \(number) \(time.saturatingNanoseconds)"
    case .lastSeen(let number, let time): "last-seen \(number) \(time.saturatingNanoseconds)"
    case .outlived(let number, let time): "outlived \(number) \(time.saturatingNanoseconds)"
    case .ended(let number, let errno, let time):
      "ended \(number) \(errno ?? Self.untold) \(time.saturatingNanoseconds)"
    case .notRun(let number, let reason): "not-run \(number) \(reason)"
    case .fact(let id, let seen): "fact \(id) \(seen)"
    case .factNotRun(let id, let reason): "fact-not-run \(id) \(reason)"
    case .done: "done"
    }
  }

  init(parsing line: String) throws(MalformedLine) {
    var scanner = LineScanner(line)
    switch try scanner.word() {
    case "ready": self = .ready
    case "refused": self = .refused(because: try scanner.text())
    case "not-copied":
      self = .notCopied(
        settings: try scanner.number(), SysctlKey(try scanner.word()), errno: try scanner.word())
    case "begun": self = .begun(number: try scanner.number(), at: try scanner.time())
    case "timeouts":
      self = .timeouts(
        number: try scanner.number(), retransmission: try scanner.time(),
        roundTrip: try scanner.time())
    case "event":
      let number = try scanner.number()
      self = .event(number: number, Observation.Event(try scanner.choice(), at: try scanner.time()))
    case "outage-over":
      self = .outageOver(number: try scanner.number(), lasted: try scanner.time())
    case "last-seen":
      self = .lastSeen(number: try scanner.number(), at: try scanner.time())
    case "outlived":
      self = .outlived(number: try scanner.number(), resumedAfter: try scanner.time())
    case "ended":
      let number = try scanner.number()
      let errno = try scanner.word()
      self = .ended(
        number: number, errno: errno == Self.untold ? nil : errno, after: try scanner.time())
    case "not-run":
      self = .notRun(number: try scanner.number(), because: try scanner.text())
    case "fact": self = .fact(id: try scanner.word(), seen: try scanner.text())
    case "fact-not-run":
      self = .factNotRun(id: try scanner.word(), because: try scanner.text())
    case "done": self = .done
    default: throw scanner.malformed
    }
    try scanner.finish()
  }
}
