import Linux
import TCPModel

/// Plays all cases of a script at once: begins them, then waits for them in one loop.
final class Stage {
  /// Tokens of the loop: attempts have their case's number, rooms their place above `rooms`.
  private enum Token { static let input: UInt64 = 1 << 62, rooms: UInt64 = 1 << 61 }

  private let script: Script
  private let input: CInt
  private let reporter: Reporter
  private let epoll: Epoll
  private var rooms: [Room?] = []
  private var attempts: [Int: Attempt] = [:]
  private var lines = Lines()
  private var isStopped = false
  private var isAbandoned = false

  init(for script: Script, input: CInt, reporter: Reporter) throws(SystemCallError) {
    (self.script, self.input, self.reporter) = (script, input, reporter)
    epoll = try Epoll()
    try epoll.add(number: input, for: .input, token: Token.input)
  }

  /// - Returns: false when the tool has gone meanwhile.
  func play() throws(SystemCallError) -> Bool {
    for settings in script.settings.indices { try begin(settings) }
    while !attempts.isEmpty, !isStopped, !isAbandoned {
      let now = Clock.monotonic.now
      guard now < script.deadline else { break }
      try setLateOptions(at: now)
      let due = attempts.values.compactMap(\.optionsDue).min() ?? script.deadline
      for ready in try epoll.wait(for: min(due, script.deadline) - now) { try handle(ready) }
    }
    if isAbandoned { return false }
    for room in rooms.indices { try drain(room) }
    let now = Clock.monotonic.now
    for attempt in attempts.values {
      try report(attempt, .running(after: max(.zero, now - attempt.start)))
    }
    return true
  }

  /// Begins the cases of one set of sysctls in a network namespace of their own.
  private func begin(_ settings: Int) throws(SystemCallError) {
    let cases = script.cases.filter { $0.settings == settings }
    guard Clock.monotonic.now < script.deadline else {
      return try refuse(cases, because: "the budget was over before it could begin")
    }
    do throws(SystemCallError) {
      // The first one came with the user namespace.
      if settings > 0 { try NetworkNamespace.enterNew() }
      let room = try Room(with: script.settings[settings])
      rooms.append(room)
    } catch {
      rooms.append(nil)
      return try refuse(cases, because: Confinement.reason(for: error))
    }
    guard let room = rooms[settings] else { return }
    try epoll.add(room.tap.socket, for: .input, token: Token.rooms + UInt64(settings))
    for (key, errno) in room.notCopied {
      try reporter.send(.notCopied(settings: settings, key, errno: errno.name))
    }
    for live in cases { try begin(live, in: room) }
  }

  private func refuse(_ cases: [LiveCase], because reason: String) throws(SystemCallError) {
    for live in cases {
      try reporter.send(.outcome(number: live.number, .notPlayed(because: reason)))
    }
  }

  private func begin(_ live: LiveCase, in room: Room) throws(SystemCallError) {
    let attempt: Attempt
    do throws(NotBegun) {
      attempt = try Attempt.begin(live, in: room)
    } catch {
      return try refuse([live], because: error.reason)
    }
    attempts[live.number] = attempt
    // An established socket is always writable: only its end is of interest.
    let events: EpollEvents = live.scenario == .connect ? .output : []
    try epoll.add(attempt.client.descriptor, for: events, token: UInt64(live.number))
    if let statistics = attempt.statistics {
      try reporter.send(
        .timeouts(
          number: live.number, retransmission: statistics.retransmissionTimeout,
          roundTrip: statistics.roundTrip))
    }
  }

  private func handle(_ ready: Epoll.Ready) throws(SystemCallError) {
    if ready.token == Token.input { return try takeOrders() }
    if ready.token >= Token.rooms { return try drain(Int(ready.token - Token.rooms)) }
    let now = Clock.monotonic.now
    guard let attempt = attempts[Int(ready.token)] else { return }
    guard let outcome = try attempt.outcome(ready.events, at: now) else { return }
    // What was on the wire before the end is told before it.
    try drain(attempt.live.settings)
    try report(attempt, outcome)
    attempts[attempt.live.number] = nil
  }

  private func report(_ attempt: Attempt, _ outcome: Observation.Outcome) throws(SystemCallError) {
    try reporter.send(.outcome(number: attempt.live.number, outcome))
  }

  private func drain(_ place: Int) throws(SystemCallError) {
    guard let sightings = try rooms[place]?.tap.sightings() else { return }
    let players = attempts.values.filter { $0.live.settings == place }
    let known = Dictionary(players.map { ($0.ends, $0) }) { first, _ in first }
    for sighting in sightings {
      guard let attempt = known[sighting.segment.ends], let event = attempt.event(sighting)
      else { continue }
      try reporter.send(.event(number: attempt.live.number, event))
    }
  }

  private func setLateOptions(at now: Duration) throws(SystemCallError) {
    for attempt in attempts.values {
      guard let due = attempt.optionsDue, due <= now else { continue }
      do throws(SystemCallError) {
        try attempt.setLateOptions()
      } catch {
        try report(attempt, .notPlayed(because: "\(error)"))
        attempts[attempt.live.number] = nil
      }
    }
  }

  /// The end of the orders' pipe means that the tool has gone.
  private func takeOrders() throws(SystemCallError) {
    let bytes = try Transfer.readSome(input, "orders", atMost: 4096)
    isAbandoned = bytes.isEmpty
    do throws(MalformedLine) {
      for line in try lines.add(bytes) {
        guard try Order(parsing: line) == .stop else { throw MalformedLine(line) }
        isStopped = true
      }
    } catch {
      throw error.asReadError
    }
  }
}
