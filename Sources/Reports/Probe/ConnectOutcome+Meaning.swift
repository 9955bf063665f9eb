import Observations
import TCPModel

extension ConnectOutcome.Kind {
  /// What it says of the other side, and where to look next; nil where there is nothing to look for.
  /// - Parameter isOfLink: whether all that hung did so because the next hop does not answer.
  private func meaning(isOfLink: Bool) -> String? {
    switch self {
    case .open: nil
    case .refused:
      "the host answers, but nothing listens on that port (ss -lnt there), or a firewall rejects it"
    case .unreachable:
      """
      a router or a firewall reports it, the last hop does not answer (ip neigh), or no route leads \
      there (ip route get)
      """
    case _ where isSilence && isOfLink:
      "no host on the link has the address of the next hop, or that host is down (ip neigh)"
    case .timedOut, .undecided:
      """
      no answer in time: a filter drops the packets, the host is down or does not exist, or its accept \
      queue is full (ss -lnt there shows Recv-Q above Send-Q); how long this host keeps trying: \
      tcpadvisor explain connect
      """
    case .localError: "this host could not make the attempt, so nothing is known of the target"
    case .unresolved: "the name has no address, or no name server answers (getent ahosts NAME)"
    }
  }

  /// A line for each meaning of several outcomes.
  static func meanings(of kinds: some Sequence<Self>, isOfLink: Bool = false) -> [String] {
    let kinds = Set(kinds)
    var lines: [(names: [String], meaning: String)] = []
    for kind in allCases where kinds.contains(kind) {
      guard let meaning = kind.meaning(isOfLink: isOfLink) else { continue }
      if lines.last?.meaning == meaning {
        lines[lines.count - 1].names.append(kind.text)
      } else {
        lines.append(([kind.text], meaning))
      }
    }
    return lines.map { "\($0.names.joined(separator: ", ")): \($0.meaning)" }
  }
}
