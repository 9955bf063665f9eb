import TCPModel

extension Rule {
  /// Devices that forget idle connections: a probe or a heartbeat must pass well before they do, and a
  /// second one where the first is lost; what a device drops silently must be noticed by a bound on
  /// unacknowledged data.
  static let middleboxes = Rule(name: "middleboxes") { state, profile, cache in
    state.middleboxes.flatMap { box in
      let forgets = finding(
        Finding.Subject.middlebox, box, state.status(of: box, asking: cache), state, profile,
        wanted: box.tcpKeepaliveCounts ? WrittenTime(box.longestIdle) : nil)
      guard box.onExpiry == .drop, state.group.middleboxes.contains(box) else { return [forgets] }
      return [
        forgets,
        finding(
          Finding.Subject.silentDrop, box,
          state.boundsUnacknowledgedData ? .met(margin: nil) : .missed(by: nil),
          state, profile, wanted: nil),
      ]
    }
  }

  private static func finding(
    _ subject: (Middlebox) -> Finding.Subject, _ box: Middlebox, _ status: Finding.Status,
    _ state: GroupState, _ profile: Profile, wanted: WrittenTime?
  ) -> Finding {
    var evidence = Evidence(options: state.basis(in: .idle))
    (evidence.silence, evidence.timers) = (state.silence(before: box), state.timers(in: .idle))
    return Finding(
      profile: profile.name, group: state.group.name, scenario: .idle, subject: subject(box),
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
  /// Returns how an idle connection stands against a device that forgets: what its program sends by
  /// itself and, where that counts, its keepalive.
  func status(of box: Middlebox, asking cache: TimelineCache) -> Finding.Status {
    let heartbeat = heartbeatStatus(of: box, asking: cache)
    if let heartbeat, heartbeat.isMet {
      // The margin is that of what comes first.
      guard box.tcpKeepaliveCounts, silence(before: box) != group.application.heartbeat else {
        return heartbeat
      }
      let keepalive = keepaliveStatus(of: box, asking: cache)
      return keepalive.isMet ? keepalive : heartbeat
    }
    // Nothing on this side tells when a layer-7 device is idle; the program must send something.
    guard box.tcpKeepaliveCounts else {
      return heartbeat
        ?? .unknown(because: "TCP keepalive does not count there: an application heartbeat must")
    }
    let keepalive = keepaliveStatus(of: box, asking: cache)
    return keepalive == .missed(by: nil) ? heartbeat ?? keepalive : keepalive
  }

  /// Returns the same of the heartbeat alone: should its first segment be lost, the next must pass
  /// before the device forgets; nil if the program sends none.
  private func heartbeatStatus(of box: Middlebox, asking cache: TimelineCache) -> Finding.Status? {
    guard let heartbeat = group.application.heartbeat else { return nil }
    let idle = cache.timeline(.idle, in: self)
    if case .unknown(let reason) = idle.ends { return .unknown(because: reason) }
    let repeated = idle.branches.filter { $0.events.first?.kind == .heartbeat }.map { branch in
      branch.events.count > 2 ? branch.events[1].range.latest : nil
    }
    guard !repeated.contains(nil), let second = repeated.compactMap({ $0 }).max() else {
      return heartbeat < box.idleTimeout
        ? .met(margin: box.idleTimeout - heartbeat) : .missed(by: heartbeat - box.idleTimeout)
    }
    return second < box.idleTimeout
      ? .met(margin: box.idleTimeout - second) : .missed(by: second - box.idleTimeout)
  }

  /// Returns the same of keepalive alone.
  private func keepaliveStatus(of box: Middlebox, asking cache: TimelineCache) -> Finding.Status {
    var silent = self
    silent.group.application.heartbeat = nil
    let idle = cache.timeline(.idle, in: silent)
    switch keepaliveSilence {
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

  /// Returns how long a connection is silent at most before something passes that a device counts.
  fileprivate func silence(before box: Middlebox) -> Duration? {
    let keepalive = box.tcpKeepaliveCounts ? (try? keepaliveSilence.get()) ?? nil : nil
    return [keepalive, group.application.heartbeat].compactMap { $0 }.min()
  }

  /// Whether the profile, or the program by itself, bounds how long data may stay unacknowledged.
  fileprivate var boundsUnacknowledgedData: Bool {
    options[.userTimeout] ?? 0 > 0 || deadlines[.send] != nil
      || group.objectives.contains { $0.scenario == .send && $0.within != nil }
  }

  /// The longest silence before a probe, after traffic or after a probe that was answered; nil if no
  /// probe is ever sent.
  var keepaliveSilence: Result<Duration?, Unknown> {
    guard options[.keepalive] ?? 0 != 0 else { return .success(nil) }
    func seconds(_ option: SocketOption, else key: SysctlKey) throws(Unknown) -> Int {
      if let number = options[option] ?? host.snapshot[key].number { return number }
      throw Unknown("\(key) is not known")
    }
    return Result { () throws(Unknown) in
      let silence = KeepaliveProbe.longestSilence(
        idle: try seconds(.keepIdle, else: .tcpKeepaliveTime),
        interval: try seconds(.keepInterval, else: .tcpKeepaliveIntvl))
      return .seconds(silence)
    }
  }
}
