/// The scenario `zero-window`: probes of a window that the peer has closed.
///
/// Corresponds to `tcp_probe_timer`, `tcp_send_probe0`, `tcp_probe0_when`, `tcp_ack_probe` and
/// `tcp_clamp_probe0_to_user_timeout` in net/ipv4/tcp_timer.c, tcp_output.c and tcp_input.c.
/// An answer clears the count of probes, not the wait between them. The clock of the user timeout
/// starts at the first fire, and no answer stops it.
struct ZeroWindowProbe: Play {
  /// Until when the peer answers.
  enum Life: Hashable {
    /// Jiffies after the start.
    case lasts(Int)
    /// Until it has answered a probe, that one or a later; zero: it is dead when the last
    /// acknowledgement arrives. Times count from there.
    case lastsUntilProbe(Int)
    case isEndless
  }

  /// Jiffies: the first wait, and the longest.
  let timeout, maximum: Int
  /// tcp_retries2: how often the wait doubles.
  let retries: Int
  /// How many probes in a row may go unanswered.
  let limit: Int
  /// TCP_USER_TIMEOUT in jiffies; zero is off.
  var userTimeout: Int
  /// How late the acknowledgement that closes the window arrives, and an answer; jiffies.
  let acknowledgement, answer: Int
  /// How far apart the peer sends answers, in jiffies.
  let answersApart: Int
  var life: Life
  let roundTrip: Int

  var firstTimer: (delay: Int, wait: Int) { (acknowledgement, wait(0)) }
  var longestWait: Int { wait(retries) }
  var firstTimeout: Int? { timeout }
  // Up to the death, the same probes are answered or not.
  var showsAll: Bool { if case .lasts(1...) = life { false } else { true } }
  var uncut: Int {
    if case .lastsUntilProbe(1...) = life { return 0 }
    return userTimeout > 0 ? userTimeout : .max
  }

  /// `ilog2(TCP_RTO_MAX / TCP_RTO_MIN) + 1` doublings at most.
  func wait(_ backoff: Int) -> Int { min(timeout << min(backoff, 10), maximum) }

  /// Whether a peer that lives may answer a probe only after the next one has left.
  var outrunsAnswers: Bool {
    guard answer >= wait(min(1, retries)) else { return false }
    return switch life {
    case .lasts(let time): time > acknowledgement + wait(0)
    case .lastsUntilProbe(let probe): probe > 0
    case .isEndless: true
    }
  }

  func run(from start: Int, on wheel: TimerWheel, into track: inout Track) {
    track.reset()
    var stall = Stalled(start: start, now: wheel.fire(after: wait(0), at: start + acknowledgement))
    if life == .lastsUntilProbe(0) { stall.death = start + acknowledgement }
    let clock = stall.now
    while !track.isDone, stall.unanswered < limit,
      userTimeout == 0 || stall.now - clock < userTimeout
    {
      if repeatsOnly(after: stall) { track.passesOver = true }
      if !track.isFull, isWritten(stall) { track.add(.windowProbe, at: stall.now) }
      probe(&stall, since: clock, isFull: track.isFull, on: wheel)
    }
    var limits: Timeline.Limits = stall.unanswered >= limit ? .probes : []
    if userTimeout > 0, stall.now - clock >= userTimeout { limits.insert(.userTimeout) }
    end(stall, by: limits, in: &track)
  }

  private func end(_ stall: Stalled, by limits: Timeline.Limits, in track: inout Track) {
    // Ended before the death that times would count from: not a course of its own.
    guard isWritten(stall) else { return }
    track.origin = stall.death
    track.giveUp(at: stall.now, roundTrip: roundTrip, by: limits)
    switch life {
    case .lasts(let time): track.outageDelay = time
    case .lastsUntilProbe: break
    // A reader that comes back lives if its window update arrives before the end.
    case .isEndless: track.lastAnswered = stall.now - roundTrip - 1
    }
  }
}

extension ZeroWindowProbe {
  /// A closed window between two fires of the timer.
  private struct Stalled {
    let start: Int
    var now: Int
    var probes = 0
    var unanswered = 0
    var backoff = 0
    var lastAnswer: Int?
    /// When the peer died, where an answered probe decides that.
    var death: Int?
  }

  /// Sends a probe and arms the timer; an answer arms it anew.
  private func probe(
    _ stall: inout Stalled, since clock: Int, isFull: Bool, on wheel: TimerWheel
  ) {
    func fire(_ armed: Int) -> Int {
      let wait = wait(stall.backoff)
      let left = userTimeout > 0 ? max(userTimeout - (armed - clock), 2) : wait
      return wheel.fire(after: min(wait, left), at: armed)
    }
    let now = stall.now
    stall.probes += 1
    stall.unanswered += 1
    stall.backoff = min(stall.backoff + 1, retries)
    stall.now = fire(now)
    guard isAnswered(stall, at: now), now + answer < stall.now else { return }
    stall.now = fire(now + answer)
    stall.unanswered = 0
    stall.lastAnswer = now
    if case .lastsUntilProbe(let probe) = life, stall.probes >= probe { stall.death = now }
    if isFull { skip(&stall, from: now, since: clock, on: wheel) }
  }

  /// Whether a peer that lives long has been probed so often that the rest, fully apart and each
  /// answered, is passed over.
  private func repeatsOnly(after stall: Stalled) -> Bool {
    guard stall.probes >= 20, case .lasts(let time) = life else { return false }
    return longestWait >= answersApart && time > 64 * longestWait
  }

  /// Passes over probes and answers that only repeat.
  private func skip(_ stall: inout Stalled, from now: Int, since clock: Int, on wheel: TimerWheel) {
    let step = stall.now - now
    var end = userTimeout > 0 ? clock + userTimeout - maximum : .max
    if case .lasts(let time) = life { end = min(end, stall.start + time) }
    if end > stall.now, end < .max { stall.now = wheel.repeating(step, from: now, until: end) }
  }

  private func isAnswered(_ stall: Stalled, at now: Int) -> Bool {
    if let last = stall.lastAnswer, now - last < answersApart { return false }
    return switch life {
    case .lasts(let time): now - stall.start < time
    case .lastsUntilProbe: stall.death == nil
    case .isEndless: true
    }
  }

  private func isWritten(_ stall: Stalled) -> Bool {
    if case .lastsUntilProbe = life { stall.death.map { $0 < stall.now } ?? false } else { true }
  }
}
