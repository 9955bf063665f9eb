import TCPModel

extension Rule {
  /// Devices that forget idle connections: a probe must pass well before they do, and a second one
  /// where the first is lost; what a device drops silently must be noticed by a bound on
  /// unacknowledged data.
  static let middleboxes = Rule(name: "middleboxes") { state, profile, cache in
    state.group.middleboxes.flatMap { box in
      let idle = cache.timeline(.idle, in: state)
      let forgets = finding(
        .middlebox(box), state.status(of: box, idle), state, profile,
        wanted: box.tcpKeepaliveCounts ? WrittenTime(box.longestIdle) : nil)
      guard box.onExpiry == .drop else { return [forgets] }
      return [
        forgets,
        finding(
          .silentDrop(box),
          state.boundsUnacknowledgedData ? .met(margin: nil) : .missed(by: nil),
          state, profile, wanted: nil),
      ]
    }
  }

  private static func finding(
    _ subject: Finding.Subject, _ status: Finding.Status, _ state: GroupState,
    _ profile: Profile, wanted: WrittenTime?
  ) -> Finding {
    var evidence = Evidence(options: state.basis(in: .idle))
    evidence.silence = (try? state.keepaliveIdle.get()) ?? nil
    return Finding(
      profile: profile.name, group: state.group.name, scenario: .idle, subject: subject,
      wanted: wanted, status: status, evidence: evidence,
      location: state.group.location, isShared: state.group.isShared)
  }
}

extension Middlebox {
  /// The longest keepalive idle time that keeps a connection known: half of what the device
  /// remembers, so that one lost probe does not matter; whole seconds.
  package var longestIdle: Duration { .seconds(idleTimeout.components.seconds / 2) }
}

extension GroupState {
  /// Returns how the keepalive of an idle connection stands against a device that forgets.
  func status(of box: Middlebox, _ idle: Timeline) -> Finding.Status {
    // Nothing on this side tells when a layer-7 device is idle; the program must send something.
    guard box.tcpKeepaliveCounts else {
      return .unknown(because: "TCP keepalive does not count there: an application heartbeat must")
    }
    switch keepaliveIdle {
    case .failure(let unknown): return .unknown(because: unknown.reason)
    case .success(nil): return .missed(by: nil)
    case .success(let silence?) where silence > box.longestIdle:
      return .missed(by: silence - box.longestIdle)
    case .success(let silence?):
      if case .unknown(let reason) = idle.ends { return .unknown(because: reason) }
      guard let second = idle.secondProbe else { return .missed(by: nil) }
      return second < box.idleTimeout
        ? .met(margin: box.longestIdle - silence) : .missed(by: second - box.idleTimeout)
    }
  }

  /// Whether the profile, or the program by itself, bounds how long data may stay unacknowledged.
  fileprivate var boundsUnacknowledgedData: Bool {
    options[.userTimeout] ?? 0 > 0
      || group.objectives.contains { $0.scenario == .send && $0.within != nil }
  }

  /// The silence before the first probe; nil if no probe is ever sent.
  var keepaliveIdle: Result<Duration?, Unknown> {
    guard options[.keepalive] ?? 0 != 0 else { return .success(nil) }
    if let option = options[.keepIdle] { return .success(.seconds(option)) }
    guard let seconds = host.snapshot[.tcpKeepaliveTime].number else {
      return .failure(Unknown("\(SysctlKey.tcpKeepaliveTime) is not known"))
    }
    return .success(.seconds(seconds))
  }
}
