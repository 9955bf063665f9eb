import Linux
import Observations
import TCPModel

/// Plays all cases of a script at once: begins them, then waits for them in one loop.
final class ExperimentRunner {
  /// Tokens of the loop: attempts have their case's number, rooms their place above `testNamespaces`.
  private enum Token {
    static let input: UInt64 = 1 << 62, testNamespaces: UInt64 = 1 << 61, frames: UInt64 = 1 << 60
  }

  private let job: SandboxJob
  private let input: CInt
  private let writer: EventWriter
  private let epoll: Epoll
  /// By the place of their sysctls in the script.
  private var testNamespaces: [Int: TestNamespace] = [:]
  private var attempts: [Int: LiveRun] = [:]
  /// nil before neighbours are looked for.
  private var linkPeer: Result<LinkPeer, SystemCallError>?
  private var isAbandoned = false

  init(for job: SandboxJob, input: CInt, writer: EventWriter) throws(SystemCallError) {
    (self.job, self.input, self.writer) = (job, input, writer)
    epoll = try Epoll()
    try epoll.add(number: input, for: .input, token: Token.input)
  }

  /// - Returns: false when the tool has gone meanwhile.
  func run() throws(SystemCallError) -> Bool {
    for settings in job.settings.indices where !isOver { try begin(settings) }
    while !attempts.isEmpty, !isOver {
      try doWhatIsDue()
      // What was due may have been the last end.
      guard !attempts.isEmpty else { break }
      let due = attempts.values.lazy.compactMap(\.due).min() ?? job.deadline
      try handleWhatComes(for: min(due, job.deadline) - KernelClock.monotonic.now)
    }
    for testNamespace in testNamespaces.values { try drain(testNamespace) }
    return !isAbandoned
  }

  private func handleWhatComes(for wait: Duration) throws(SystemCallError) {
    for ready in try epoll.wait(for: wait) { try handle(ready) }
  }

  /// Ends what is still being played.
  func leave() {
    attempts = [:]
    if case .success(let side) = linkPeer { side.attempts = [:] }
    for testNamespace in testNamespaces.values { testNamespace.leave() }
  }

  private var isOver: Bool { isAbandoned || KernelClock.monotonic.now >= job.deadline }

  /// Begins the cases of one set of sysctls in a network namespace of their own.
  private func begin(_ settings: Int) throws(SystemCallError) {
    let experiments = job.experiments.filter { $0.settings == settings }
    let testNamespace: TestNamespace
    do throws(SystemCallError) {
      testNamespace = try self.testNamespace(settings)
      testNamespaces[settings] = testNamespace
      for tap in [testNamespace.tap(.v4), testNamespace.tap(.v6)] {
        if let tap { try watch(tap.socket, of: settings) }
      }
    } catch {
      let reason = SandboxDenial(error).text
      for live in experiments { try writer.send(.notPlayed(number: live.number, because: reason)) }
      return
    }
    for (key, errno) in testNamespace.notCopied {
      try writer.send(.notCopied(settings: settings, key, errno: errno.name))
    }
    for live in experiments where !isOver {
      try begin(live, in: testNamespace)
      // Many take long to begin, and short ones end meanwhile.
      try doWhatIsDue()
      try handleWhatComes(for: .zero)
    }
  }

  private func testNamespace(_ settings: Int) throws(SystemCallError) -> TestNamespace {
    if job.isOnHost { return TestNamespace(onHost: ()) }
    // The first one came with the user namespace.
    if settings > 0 { try NetworkNamespace.enterNew() }
    func experiments(_ family: Experiment.Family? = nil, _ scenario: Scenario? = nil) -> Bool {
      job.experiments.contains {
        $0.settings == settings && $0.family == family ?? $0.family
          && $0.scenario == scenario ?? $0.scenario
      }
    }
    return try TestNamespace(
      with: job.settings[settings], playsV4: experiments(.v4), playsV6: experiments(.v6),
      linkPeer: experiments(nil, .neighbour) ? try knownFarSide() : nil)
  }

  /// Made when it is first needed.
  private func knownFarSide() throws(SystemCallError) -> Result<LinkPeer, SystemCallError> {
    if let linkPeer { return linkPeer }
    let new = LinkPeer.made()
    linkPeer = new
    if case .success(let side) = new { try epoll.add(side.tap, for: .input, token: Token.frames) }
    return new
  }

  private func watch(_ tap: borrowing Descriptor, of settings: Int) throws(SystemCallError) {
    try epoll.add(tap, for: .input, token: Token.testNamespaces + UInt64(settings))
  }

  private func begin(_ live: RunRequest, in testNamespace: TestNamespace) throws(SystemCallError) {
    if job.isOnHost,
      let reason = LoopbackFallback.objection(to: live, under: job.settings[live.settings])
    {
      return try writer.send(.notPlayed(number: live.number, because: reason))
    }
    do throws(SystemCallError) {
      let attempt = try LiveRun.begin(live, in: testNamespace)
      attempts[live.number] = attempt
      testNamespace.attempts[attempt.ends] = attempt
    } catch {
      try writer.send(.notPlayed(number: live.number, because: SandboxDenial(error).text))
    }
    if let attempt = attempts[live.number] { try watch(attempt) }
    // Also of what failed: a tap that is not emptied loses packets.
    try drain(testNamespace)
  }

  private func watch(_ attempt: LiveRun) throws(SystemCallError) {
    let number = attempt.live.number
    // An established socket is always writable: only its end is of interest.
    let events: EpollEvents = attempt.live.scenario == .connect ? .output : []
    if let client = attempt.client {
      try epoll.add(client.descriptor, for: events, token: UInt64(number))
    }
    try tell(attempt.opening ?? [], of: attempt)
    if attempt.isCounted, attempt.live.scenario == .connect {
      try writer.send(.event(number: number, Observation.Event(.syn, at: .zero)))
    }
  }

  private func handle(_ ready: Epoll.Ready) throws(SystemCallError) {
    let now = KernelClock.monotonic.now
    if ready.token == Token.input {
      try readInput()
    } else if ready.token >= Token.testNamespaces {
      if let testNamespace = testNamespaces[Int(ready.token - Token.testNamespaces)] {
        try drain(testNamespace)
      }
    } else if ready.token == Token.frames {
      try drainFrames()
    } else if let attempt = attempts[Int(ready.token)] {
      // What was on the wire before the end is told before it, and may have been the end.
      if let testNamespace = testNamespaces[attempt.live.settings] { try drain(testNamespace) }
      guard attempts[attempt.live.number] === attempt else { return }
      try tell(attempt.end(ready.events, at: now), of: attempt)
    }
  }

  private func tell(_ reports: [SandboxEvent], of attempt: LiveRun) throws(SystemCallError) {
    for report in reports {
      try writer.send(report)
      guard report.isLast else { continue }
      attempts[attempt.live.number] = nil
      return testNamespaces[attempt.live.settings]?.remove(attempt) ?? ()
    }
  }

  private func drain(_ testNamespace: TestNamespace) throws(SystemCallError) {
    try drain(testNamespace.tap(.v4), of: testNamespace)
    try drain(testNamespace.tap(.v6), of: testNamespace)
    if testNamespace.link != nil { try drainFrames() }
  }

  private func drainFrames() throws(SystemCallError) {
    guard case .success(let side) = linkPeer else { return }
    for (frame, time) in try side.sightings() {
      guard let attempt = side.attempts[frame.target] else { continue }
      try tell(attempt.take(sent: frame, at: time), of: attempt)
    }
  }

  private func drain(_ tap: PacketTap?, of testNamespace: TestNamespace) throws(SystemCallError) {
    for sighting in try tap?.sightings() ?? [] {
      let ends = sighting.segment.ends
      if let attempt = testNamespace.attempts[ends] {
        try tell(attempt.take(sent: sighting), of: attempt)
      } else if let attempt = testNamespace.attempts[ends.reversed] {
        try act(for: attempt) { attempt throws(SystemCallError) in
          try attempt.take(answer: sighting)
        }
      }
    }
  }

  private func doWhatIsDue() throws(SystemCallError) {
    let now = KernelClock.monotonic.now
    for attempt in attempts.values {
      guard let due = attempt.due, due <= now else { continue }
      // What was on the wire before an end that is looked for is told before it.
      if attempt.client == nil, let testNamespace = testNamespaces[attempt.live.settings] {
        try drain(testNamespace)
      }
      try act(for: attempt) { attempt throws(SystemCallError) in
        try attempt.doWhatIsDue(at: now)
      }
    }
  }

  /// Does something for an attempt, which what fails ends, and tells of it.
  private func act(
    for attempt: LiveRun, _ body: (LiveRun) throws(SystemCallError) -> [SandboxEvent]
  ) throws(SystemCallError) {
    var reports: [SandboxEvent]
    do throws(SystemCallError) {
      reports = try body(attempt)
    } catch {
      reports = [.notPlayed(number: attempt.live.number, because: "\(error)")]
    }
    try tell(reports, of: attempt)
  }

  /// Nothing comes after `run` but the end of the pipe: the tool has gone.
  private func readInput() throws(SystemCallError) {
    let bytes = try DescriptorIO.readSome(input, "orders", atMost: 4096)
    guard bytes.isEmpty else {
      throw MalformedLine(String(decoding: bytes.prefix(80), as: UTF8.self)).asReadError
    }
    isAbandoned = true
  }
}
