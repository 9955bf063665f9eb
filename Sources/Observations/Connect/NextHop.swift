package import NetAddress
package import TCPModel

/// The neighbour that an attempt to connect goes through, as the kernel's table has it at its end.
package struct NextHop: Hashable, Sendable {
  package enum State: String, CaseIterable, Sendable {
    /// NUD_INCOMPLETE: its link-layer address is being asked for, and packets to it wait.
    case incomplete
    case reachable, stale
    /// NUD_DELAY, NUD_PROBE: its old link-layer address is used, and it is about to be asked, or being
    /// asked, whether it is still there.
    case delay, probe
    /// NUD_FAILED: it has not answered.
    case failed
    /// NUD_NOARP: its link-layer address is never asked for.
    case noARP = "noarp"
    case permanent, none
  }

  /// The name of the interface, such as `eth0`.
  package var device: String
  package var address: IPAddress
  /// Whether it is a router on the way, not the destination.
  package var isGateway: Bool
  package var state: State
  /// When the entry came into its state, counted from the beginning of the attempt; negative is
  /// before.
  /// Exact to about 20 ms; nil if the kernel does not tell.
  package var since: Duration?

  package init(
    device: String, address: IPAddress, isGateway: Bool = false, state: State,
    since: Duration? = nil
  ) {
    (self.device, self.address, self.isGateway) = (device, address, isGateway)
    (self.state, self.since) = (state, since)
  }

  /// Whether it was asked for its address in vain.
  package var isSilent: Bool { state == .incomplete || state == .failed }

  /// Whether what it says may end an attempt before the SYNs do.
  package var isInDoubt: Bool {
    switch state {
    case .incomplete, .delay, .probe, .failed: true
    case .reachable, .stale, .noARP, .permanent, .none: false
    }
  }

  /// How wrong `since` may be: a tick of clock_t, a jiffy, and the time it takes to ask.
  private static let slack = Duration.milliseconds(25)

  /// Whether the address has been unknown for as long as the attempt lasts: nothing has left then.
  package var isUnknownSinceBegin: Bool {
    state == .incomplete && since.map { $0 <= Self.slack } ?? false
  }

  /// Returns when the kernel gives up an attempt that goes through it and is under way.
  ///
  /// - Parameter timeline: simulates the attempt against an entry of the neighbour table that nobody
  ///   answers for, or nil: with a neighbour that answers, and a silent host behind it.
  package func timeToEnd(_ timeline: (NeighbourEntry?) -> Timeline) -> TimeToEnd {
    switch state {
    case .reachable, .stale, .noARP, .permanent, .none: timeline(nil).timeToEnd
    case .incomplete: resolvingSpan(timeline)
    case .delay, .probe: doubtfulSpan(timeline)
    case .failed: Self.unknown("\(address) on \(device) has just been given up")
    }
  }

  /// Returns the end of an attempt whose neighbour is being asked for its address.
  ///
  /// The address may have been asked for before the attempt began, for another one; or later, once
  /// an old address was given up. The attempt ends so long after that, unless the SYN's own timer is
  /// first.
  private func resolvingSpan(_ timeline: (NeighbourEntry?) -> Timeline) -> TimeToEnd {
    let alone = timeline(NeighbourEntry.none)
    guard let since else {
      return Self.unknown("since when \(address) on \(device) is asked for is not known")
    }
    if since >= .zero - Self.slack, since <= Self.slack { return alone.timeToEnd }
    guard alone.ends == .always, alone.endReasons == .neighbourProbes, let range = alone.range
    else {
      return Self.unknown("\(address) on \(device) was not asked for by this attempt")
    }
    var end = TimeRange(
      range.earliest + since - Self.slack, range.latest + since + Self.slack)
    if let silent = timeline(nil).range {
      end = TimeRange(min(end.earliest, silent.earliest), min(end.latest, silent.latest))
    }
    return TimeToEnd(ends: .always, range: end)
  }

  /// Either it answers and the host behind is silent, or it does not.
  private func doubtfulSpan(_ timeline: (NeighbourEntry?) -> Timeline) -> TimeToEnd {
    let stale = timeline(.stale)
    var begin = TimeRange(.zero, .zero)
    if state == .probe {
      let probes = stale.branches.compactMap { branch in
        branch.events.first { $0.kind == .neighbourProbe }?.range
      }
      guard let asked = probes.union else { return Self.unknown(question) }
      begin = asked
    }
    guard let since, since >= begin.earliest - Self.slack, since <= begin.latest + Self.slack else {
      return Self.unknown(question)
    }
    return stale.timeToEnd.union(timeline(nil).timeToEnd)
  }

  /// What is being found out.
  package var question: String { "\(device) asks whether \(address) is still there" }

  private static func unknown(_ reason: String) -> TimeToEnd {
    TimeToEnd(ends: .unknown(because: reason), range: nil)
  }
}
