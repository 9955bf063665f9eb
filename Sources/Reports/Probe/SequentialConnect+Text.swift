import Observations
import TCPModel

extension SequentialConnect {
  /// For example `db:5432, 3 addresses tried in turn: open after 14 s, and 2.5 s for the name`.
  package var text: String {
    let name = target.hasSuffix(":\(port)") ? target : "\(target) port \(port)"
    let lookUp = ProbedAddress.isNoticeable(resolution) ? "; \(resolution.text) for the name" : ""
    return "\(name), \(addresses) addresses tried in turn: \(end)\(lookUp)"
  }

  private var end: String {
    guard let range = timeToEnd.range else {
      return timeToEnd.ends == .never ? "an attempt before the end is never given up" : "unknown"
    }
    let time = isMeasured ? range.earliest.text : timeToEnd.text
    return isOpen ? "open after \(time)" : "none is open, known after \(time)"
  }
}
