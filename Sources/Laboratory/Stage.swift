import Linux
import TCPModel

/// Plays all cases of a script at once: begins them, then waits for them in one loop.
final class Stage {
  /// Tokens of the loop: attempts have their case's number, rooms their place above `rooms`.
  private enum Token {
    static let input: UInt64 = 1 << 62, rooms: UInt64 = 1 << 61, frames: UInt64 = 1 << 60
  }

  private let script: Script
  private let input: CInt
  private let reporter: Reporter
  private let epoll: Epoll
  /// By the place of their sysctls in the script.
  private var rooms: [Int: Room] = [:]
  private var attempts: [Int: Attempt] = [:]
  /// nil before neighbours are looked for.
  private var farSide: Result<FarSide, SystemCallError>?
  private var isAbandoned = false

  init(for script: Script, input: CInt, reporter: Reporter) throws(SystemCallError) {
    (self.script, self.input, self.reporter) = (script, input, reporter)
    epoll = try Epoll()
    try epoll.add(number: input, for: .input, token: Token.input)
  }

  /// - Returns: false when the tool has gone meanwhile.
  func play() throws(SystemCallError) -> Bool {
    for settings in script.settings.indices where !isOver { try begin(settings) }
    while !attempts.isEmpty, !isOver {
      try doWhatIsDue()
      // What was due may have been the last end.
      guard !attempts.isEmpty else { break }
      let due = attempts.values.lazy.compactMap(\.due).min() ?? script.deadline
      try handleWhatComes(for: min(due, script.deadline) - Clock.monotonic.now)
    }
    for room in rooms.values { try drain(room) }
    return !isAbandoned
  }

  private func handleWhatComes(for wait: Duration) throws(SystemCallError) {
    for ready in try epoll.wait(for: wait) { try handle(ready) }
  }

  /// Ends what is still being played.
  func leave() {
    attempts = [:]
    if case .success(let side) = farSide { side.attempts = [:] }
    for room in rooms.values { room.leave() }
  }

  private var isOver: Bool { isAbandoned || Clock.monotonic.now >= script.deadline }

  /// Begins the cases of one set of sysctls in a network namespace of their own.
  private func begin(_ settings: Int) throws(SystemCallError) {
    let cases = script.cases.filter { $0.settings == settings }
    let room: Room
    do throws(SystemCallError) {
      room = try self.room(settings)
      rooms[settings] = room
      for tap in [room.tap(.v4), room.tap(.v6)] {
        if let tap { try watch(tap.socket, of: settings) }
      }
    } catch {
      let reason = Refusal(error).text
      for live in cases { try reporter.send(.notPlayed(number: live.number, because: reason)) }
      return
    }
    for (key, errno) in room.notCopied {
      try reporter.send(.notCopied(settings: settings, key, errno: errno.name))
    }
    for live in cases where !isOver {
      try begin(live, in: room)
      // Many take long to begin, and short ones end meanwhile.
      try doWhatIsDue()
      try handleWhatComes(for: .zero)
    }
  }

  private func room(_ settings: Int) throws(SystemCallError) -> Room {
    if script.isOnHost { return Room(onHost: ()) }
    // The first one came with the user namespace.
    if settings > 0 { try NetworkNamespace.enterNew() }
    func plays(_ family: Case.Family? = nil, _ scenario: Scenario? = nil) -> Bool {
      script.cases.contains {
        $0.settings == settings && $0.family == family ?? $0.family
          && $0.scenario == scenario ?? $0.scenario
      }
    }
    return try Room(
      with: script.settings[settings], playsV4: plays(.v4), playsV6: plays(.v6),
      farSide: plays(nil, .neighbour) ? try knownFarSide() : nil)
  }

  /// Made when it is first needed.
  private func knownFarSide() throws(SystemCallError) -> Result<FarSide, SystemCallError> {
    if let farSide { return farSide }
    let new = FarSide.made()
    farSide = new
    if case .success(let side) = new { try epoll.add(side.tap, for: .input, token: Token.frames) }
    return new
  }

  private func watch(_ tap: borrowing Descriptor, of settings: Int) throws(SystemCallError) {
    try epoll.add(tap, for: .input, token: Token.rooms + UInt64(settings))
  }

  private func begin(_ live: LiveCase, in room: Room) throws(SystemCallError) {
    if script.isOnHost,
      let reason = HostLoopback.objection(to: live, under: script.settings[live.settings])
    {
      return try reporter.send(.notPlayed(number: live.number, because: reason))
    }
    do throws(SystemCallError) {
      let attempt = try Attempt.begin(live, in: room)
      attempts[live.number] = attempt
      room.attempts[attempt.ends] = attempt
    } catch {
      try reporter.send(.notPlayed(number: live.number, because: Refusal(error).text))
    }
    if let attempt = attempts[live.number] { try watch(attempt) }
    // Also of what failed: a tap that is not emptied loses packets.
    try drain(room)
  }

  private func watch(_ attempt: Attempt) throws(SystemCallError) {
    let number = attempt.live.number
    // An established socket is always writable: only its end is of interest.
    let events: EpollEvents = attempt.live.scenario == .connect ? .output : []
    if let client = attempt.client {
      try epoll.add(client.descriptor, for: events, token: UInt64(number))
    }
    try tell(attempt.opening ?? [], of: attempt)
    if attempt.isCounted, attempt.live.scenario == .connect {
      try reporter.send(.event(number: number, Observation.Event(.syn, at: .zero)))
    }
  }

  private func handle(_ ready: Epoll.Ready) throws(SystemCallError) {
    let now = Clock.monotonic.now
    if ready.token == Token.input {
      try readInput()
    } else if ready.token >= Token.rooms {
      if let room = rooms[Int(ready.token - Token.rooms)] { try drain(room) }
    } else if ready.token == Token.frames {
      try drainFrames()
    } else if let attempt = attempts[Int(ready.token)] {
      // What was on the wire before the end is told before it, and may have been the end.
      if let room = rooms[attempt.live.settings] { try drain(room) }
      guard attempts[attempt.live.number] === attempt else { return }
      try tell(attempt.end(ready.events, at: now), of: attempt)
    }
  }

  private func tell(_ reports: [Report], of attempt: Attempt) throws(SystemCallError) {
    for report in reports {
      try reporter.send(report)
      guard report.isLast else { continue }
      attempts[attempt.live.number] = nil
      return rooms[attempt.live.settings]?.remove(attempt) ?? ()
    }
  }

  private func drain(_ room: Room) throws(SystemCallError) {
    try drain(room.tap(.v4), of: room)
    try drain(room.tap(.v6), of: room)
    if room.link != nil { try drainFrames() }
  }

  private func drainFrames() throws(SystemCallError) {
    guard case .success(let side) = farSide else { return }
    for (frame, time) in try side.sightings() {
      guard let attempt = side.attempts[frame.target] else { continue }
      try tell(attempt.take(sent: frame, at: time), of: attempt)
    }
  }

  private func drain(_ tap: PacketTap?, of room: Room) throws(SystemCallError) {
    for sighting in try tap?.sightings() ?? [] {
      let ends = sighting.segment.ends
      if let attempt = room.attempts[ends] {
        try tell(attempt.take(sent: sighting), of: attempt)
      } else if let attempt = room.attempts[ends.reversed] {
        try act(for: attempt) { attempt throws(SystemCallError) in
          try attempt.take(answer: sighting)
        }
      }
    }
  }

  private func doWhatIsDue() throws(SystemCallError) {
    let now = Clock.monotonic.now
    for attempt in attempts.values {
      guard let due = attempt.due, due <= now else { continue }
      // What was on the wire before an end that is looked for is told before it.
      if attempt.client == nil, let room = rooms[attempt.live.settings] { try drain(room) }
      try act(for: attempt) { attempt throws(SystemCallError) in
        try attempt.doWhatIsDue(at: now)
      }
    }
  }

  /// Does something for an attempt, which what fails ends, and tells of it.
  private func act(
    for attempt: Attempt, _ body: (Attempt) throws(SystemCallError) -> [Report]
  ) throws(SystemCallError) {
    var reports: [Report]
    do throws(SystemCallError) {
      reports = try body(attempt)
    } catch {
      reports = [.notPlayed(number: attempt.live.number, because: "\(error)")]
    }
    try tell(reports, of: attempt)
  }

  /// Nothing comes after `play` but the end of the pipe: the tool has gone.
  private func readInput() throws(SystemCallError) {
    let bytes = try Transfer.readSome(input, "orders", atMost: 4096)
    guard bytes.isEmpty else {
      throw MalformedLine(String(decoding: bytes.prefix(80), as: UTF8.self)).asReadError
    }
    isAbandoned = true
  }
}
