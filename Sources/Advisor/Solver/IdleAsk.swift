import TCPModel

/// Something that bounds the keepalive numbers.
enum IdleAsk {
  case demand(Member, Demand)
  /// A device on the path must see a probe well before it forgets.
  case reminder(Member, Middlebox, Place)
  /// A number that a profile names itself.
  case sysctl(SysctlDemand)
  /// A user timeout that `for` these demands replaces the count.
  case userTimeout(Member, milliseconds: Int, for: [Demand])

  /// As a contradiction names it, with what it takes.
  var named: [Plan.Demand] {
    switch self {
    case .demand(_, let demand):
      switch demand.kind {
      case .within: [demand.named]
      case .survive: [demand.needing("probes for \(demand.time.text) after a lost one")]
      case .recover:
        [
          demand.needing(
            "a probe at least every \(demand.time.text) for"
              + " \((demand.objective.survive?.time ?? .zero).text)")
        ]
      }
    case .reminder(_, let box, let place):
      [
        Plan.Demand(
          text: "\(box.name) forgets after \(box.idleTimeout.text)", place: place,
          needs: "the first probe within \(box.longestIdle.text)")
      ]
    case .sysctl(let demand): [demand.named]
    case .userTimeout(let member, let milliseconds, let demands):
      named(Duration.milliseconds(milliseconds), of: member, for: demands)
    }
  }

  private func named(_ timeout: Duration, of member: Member, for demands: [Demand]) -> [Plan.Demand]
  {
    if demands.isEmpty {
      return [
        Plan.Demand(
          text: "TCP_USER_TIMEOUT \(timeout.text), which the program sets",
          place: member.program.place)
      ]
    }
    return demands.map { $0.needing("TCP_USER_TIMEOUT \(timeout.text)") }
  }
}

extension Array {
  /// The places of a smallest part that cannot be had together, found by leaving out one after the
  /// other.
  func smallestConflict(isPossible: ([Element]) -> Bool) -> [Int] {
    var kept = Array<Int>(indices)
    for index in indices {
      let fewer = kept.filter { $0 != index }
      if !isPossible(fewer.map { self[$0] }) { kept = fewer }
    }
    return kept
  }
}
