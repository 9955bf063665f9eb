package import Advisor
import TCPModel

extension HangCandidate {
  /// What to look at to know it from the others.
  package var clues: [Clue] {
    switch cause {
    case .known(let wait): [wait.clue]
    case .giveUp(let giveUp): giveUp.clues
    }
  }
}

extension HangCandidate.GiveUp {
  private var scenario: Scenario { timeline.scenario }
  /// What the kernel is busy with at the end: a heartbeat is data.
  private var acting: Scenario { suspect.timers.heartbeat == nil ? scenario : .send }

  fileprivate var clues: [Clue] {
    switch end {
    case .giveUp: [settingsInForce].compactMap(\.self) + acting.clues(of: timeline)
    case .deadline: [deadline]
    case .recovery(let lost): [recovery(after: lost)]
    }
  }

  /// The sysctls that decide it, where it is not known whether the host has them.
  private var settingsInForce: Clue? {
    guard hosts.isEmpty, !sysctls.isEmpty else { return nil }
    return Clue(
      "sysctl \(sysctls.map(\.key.rawValue).joined(separator: " "))",
      "\(sysctls.map { "\($0.value)" }.listed) on the host that waited")
  }

  private var deadline: Clue {
    let state = scenario.definition.opener == .client ? "state syn-sent" : "dst ADDRESS"
    return Clue(
      "ss -tnop \(state)",
      "the program closes the socket at that time, with timer:(on,…) still running: the kernel would"
        + " have gone on")
  }

  private func recovery(after lost: Int) -> Clue {
    Clue(
      "nstat -az TcpExtTCPSynRetrans",
      "grows by \(lost) for each such connect, which succeeds; tcpdump shows the SYNs")
  }
}

extension Scenario {
  fileprivate func clues(of timeline: Timeline) -> [Clue] {
    switch self {
    case .connect:
      [
        Clue(
          "ss -tno state syn-sent dst ADDRESS",
          "timer:(on,…,N), N counting up to \(timeline.count(of: .retransmission))"),
        Clue("tcpdump -ni any tcp and host ADDRESS", "SYNs \(timeline.times(of: .retransmission))"),
      ]
    case .neighbour:
      [
        Clue("ip neigh show ADDRESS", "INCOMPLETE while it waits, FAILED after it"),
        Clue("tcpdump -ni any arp or icmp6", "requests that nobody answers, and no SYN"),
      ]
    case .movedAddress:
      [
        Clue(
          "ip neigh show ADDRESS",
          "the MAC address of the old owner, in STALE, DELAY or PROBE, until it is another's"),
        Clue("tcpdump -eni any arp or icmp6", "requests to the old MAC address, then to everybody"),
      ]
    case .accept:
      [
        Clue(
          "ss -tno state syn-recv",
          "on the server, timer:(on,…,N), N counting up to \(timeline.count(of: .synAck) - 1)")
      ]
    case .idle:
      [
        Clue(
          "ss -tno dst ADDRESS", "Send-Q 0 and timer:(keepalive,…)"),
        Clue(
          "tcpdump -ni any tcp and host ADDRESS",
          "empty segments, unanswered, \(timeline.times(of: .keepaliveProbe))"),
      ]
    case .send:
      [
        Clue(
          "ss -tino dst ADDRESS",
          "Send-Q above 0, timer:(on,…), backoff growing to \(timeline.count(of: .retransmission))")
      ]
    case .zeroWindow:
      [
        Clue(
          "ss -tino dst ADDRESS",
          "Send-Q above 0, timer:(persist,…), and an rwnd_limited that grows")
      ]
    case .close:
      [Clue("ss -tnop state fin-wait-1", "Send-Q above 0, timer:(on,…), and no process")]
    case .finWait: [Clue("ss -tnop state fin-wait-2", "timer:(timewait,…), and no process")]
    case .timeWait: [Clue("ss -tno state time-wait", "timer:(timewait,…)")]
    }
  }
}

extension Timeline {
  /// The most of a kind that any course has.
  fileprivate func count(of kind: EventKind) -> Int {
    branches.map { $0.events.count { $0.kind == kind } }.max() ?? 0
  }

  /// `after 1, 3, 7 and 15 s`, as exact timers have it; of many the first and the last.
  fileprivate func times(of kind: EventKind) -> String {
    // Where probes were answered before, the first one leaves at no certain time.
    guard !branches.contains(where: { $0.circumstance == .answeredProbes }) else {
      return "an interval apart"
    }
    let times = nominalEvents.filter { $0.kind == kind }.map {
      $0.range.earliest.number(in: .seconds)
    }
    guard times.count > 12, let last = times.last else { return "after \(times.listed) s" }
    return "after \(times.prefix(3).joined(separator: ", ")) … \(last) s"
  }
}
