import NetAddress
package import TCPModel

extension Experiment {
  /// Under which kernel and settings: `Linux 6.18.44, HZ=250, /proc/sys, with SO_KEEPALIVE`.
  package var whatIf: [String] {
    [snapshot.kernelName, snapshot.tickName, snapshot.sourceText] + particulars
  }

  /// What is assumed of the connection.
  private var particulars: [String] {
    var parts: [String] = []
    if scenario.depends(on: .client) {
      parts.append(client.text)
      if client == .idle, waitsAfterAnsweredProbes { parts.append("no probe answered before") }
    }
    if scenario.depends(on: .neighbourEntry) {
      parts += [family.name, neighbourEntry.text]
      if let device = snapshot.decidingDevices[family] { parts.append("settings of \(device)") }
    }
    if scenario.depends(on: .retransmissionTimeout) { parts.append(path.text) }
    if let time = timeBeforeDeath {
      let moment = time == .zero ? "as its window closes" : "\(time.text) after its window closed"
      parts.append("the peer dies \(moment)")
    }
    if !options.isEmpty { parts.append("with \(options.text)") }
    return parts
  }

  /// How long the window of a `zero-window` was closed when the peer died; nil if that is not
  /// what happens.
  package var timeBeforeDeath: Duration? {
    guard scenario.depends(on: .receiverFate), case .dies(let time) = receiverFate else {
      return nil
    }
    return time
  }
}

extension NeighbourEntry {
  fileprivate var text: String {
    switch self {
    case .none: "no entry"
    case .stale: "stale entry"
    case .reachable: "reachable entry"
    }
  }
}

extension ClientActivity {
  /// What the client does, in a few words.
  package var text: String {
    switch self {
    case .connect: "a client that connects"
    case .send: "a client that has sent data"
    case .idle: "a client with nothing to send"
    }
  }
}

extension AddressFamily {
  /// As people write it.
  package var name: String { self == .v4 ? "IPv4" : "IPv6" }
}

extension Path {
  /// `round trip 1–20 ms, 2 segments in flight`
  var text: String {
    let (least, most) = (roundTrip.lowerBound, roundTrip.upperBound)
    let unit: TimeUnit = most < .seconds(1) ? .milliseconds : .seconds
    let time = least == most ? least.text : "\(least.number(in: unit))–\(most.text(in: unit))"
    let timeout = retransmissionTimeout.map { "first RTO \($0.text)" } ?? "round trip \(time)"
    return segments == 1 ? timeout : "\(timeout), \(segments) segments in flight"
  }
}
