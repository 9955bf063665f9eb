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
      a router or a firewall says so, the last hop does not answer (ip neigh), or no route leads \
      there (ip route get)
      """
    case _ where isSilence && isOfLink:
      "nobody on the link has the address of the next hop, or who has it is off (ip neigh)"
    case .timedOut, .undecided:
      """
      nobody answered in time: a filter drops what is sent, the host is down or not there, or its accept \
      queue is full (ss -lnt there shows more in Recv-Q than Send-Q); how long this host goes on: \
      tcpadvisor explain connect
      """
    case .localError: "this host could not try, so nothing is known of the target"
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
