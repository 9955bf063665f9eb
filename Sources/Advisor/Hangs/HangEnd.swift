package import TCPModel

/// A moment at which a wait may be over, as one course of a timeline has it.
package struct HangEnd: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// The kernel gives up.
    case giveUp
    /// The program gives up by itself.
    case deadline
    /// Nothing gives up: so many segments were lost, and the next was answered.
    case recovery(lost: Int)
  }

  package let kind: Kind
  package let range: TimeRange
  /// The time that documentation names for it, where that is earlier: the sum of exact timers.
  package var documented: Duration?
  /// What the limits are made of that end it.
  var settings: Set<Setting> = []
  /// What the program is told: the usual name first; empty if it is told nothing.
  package var errnos: [String] = []
}

extension Suspect {
  /// What happens to it, the program's own times included.
  /// - Parameter simulated: returns the timeline of an experiment.
  func timeline(_ simulated: (Experiment) -> Timeline) -> Timeline {
    var timeline = simulated(experiment)
    if let deadline = timers.deadlines[experiment.scenario] {
      timeline = timeline.limited(
        to: deadline, roundTrip: experiment.path.roundTrip.upperBound)
    }
    guard experiment.scenario == .idle, let heartbeat = timers.heartbeat else { return timeline }
    var sending = experiment
    sending.scenario = .send
    let sent = Suspect(origin, sending, under: rules, timers: timers)
    return timeline.kept(awakeEvery: heartbeat, sending: sent.timeline(simulated))
  }

  /// The ends of its timeline, each course apart.
  func ends(of timeline: Timeline) -> [HangEnd] {
    guard let own = ownSettings else { return timeline.giveUps + timeline.recoveries }
    let isAwake = experiment.scenario == .idle && timers.heartbeat != nil
    return timeline.giveUps.filter { end in
      isAwake || end.kind == .deadline || !own.isDisjoint(with: end.settings)
    }
  }

  /// What a program or somebody has set, without which it ends as it does anyway; nil for what is found
  /// on a host.
  private var ownSettings: Set<Setting>? {
    switch origin {
    case .thisHost, .kernelDefault: nil
    case .program(let program): Set(program.sets.values.keys.map(Setting.option))
    case .commonSetting(let setting):
      Set(setting.sysctls.keys.map(Setting.sysctl))
        .union(setting.options.values.keys.map(Setting.option))
    }
  }
}

extension Timeline {
  /// An error that a router or the neighbour table told meanwhile becomes that of the timeout
  /// (`tcp_write_err`, `sk_err_soft`).
  private static let softErrors = ["EHOSTUNREACH", "ENETUNREACH"]
  /// What libraries and servers make of a time of their own, and SO_RCVTIMEO and SO_SNDTIMEO.
  private static let errnosOfDeadlines = ["ETIMEDOUT", "EAGAIN", "EINPROGRESS"]

  /// The settings that the limits of a branch are made of.
  private func settings(ending branch: Branch) -> Set<Setting> {
    let limits = limits.filter { branch.endReasons.contains($0.limit) }
    return Set(limits.flatMap(\.settings).map(\.setting))
  }

  /// A search for a neighbour or for a new owner that the client ends is that client's end.
  private func isItsOwn(_ branch: Branch) -> Bool {
    switch scenario {
    case .neighbour: branch.endReasons.contains(.neighbourProbes)
    case .movedAddress: branch.events.last?.kind == .newOwner
    case .connect, .accept, .idle, .send, .zeroWindow, .close, .finWait, .timeWait: true
    }
  }

  fileprivate var giveUps: [HangEnd] {
    let first = branches.map(\.range.earliest).min()
    return branches.filter(isItsOwn).map { branch in
      let isDeadline = branch.endReasons == .deadline
      var end = HangEnd(kind: isDeadline ? .deadline : .giveUp, range: branch.range)
      end.errnos = isDeadline ? Self.errnosOfDeadlines : errnos(of: branch)
      end.settings = settings(ending: branch)
      if branch.range.earliest == first { end.documented = documented }
      return end
    }
  }

  private func errnos(of branch: Branch) -> [String] {
    guard case .reported = scenario.definition.ending else { return [] }
    let told = (branch.errno ?? errno ?? "").split(separator: " ").map(String.init)
    let names = told.filter { $0 != "or" }
    return names + (scenario.definition.opener == nil ? Self.softErrors : [])
  }

  /// The lesser of the sums that documentation has: of exact timers, and of the doublings that a number
  /// of retries stands for, whatever the first timeout of the path.
  private var documented: Duration? {
    let hasPath = scenario.depends(on: .retransmissionTimeout)
    let sums = hasPath ? decisiveLimits.filter { $0.limit == .retransmissionTime } : []
    return ([exactEnd] + sums.map(\.time)).compactMap(\.self).min()
  }

  /// Where a lost SYN is sent again, and answered after the longest round trip there is.
  fileprivate var recoveries: [HangEnd] {
    guard scenario == .connect else { return [] }
    let sent = events.filter { $0.kind == .retransmission }
    return sent.enumerated().map { index, event in
      HangEnd(
        kind: .recovery(lost: index + 1),
        range: event.range + TimeRange(.zero, Suspect.longestRoundTrip))
    }
  }
}
