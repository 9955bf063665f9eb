import Linux
import NetAddress
import Observations
import TCPModel

/// Runs all experiments of a job at once: begins them, then waits for them in one loop.
final class ExperimentRunner {
  /// Tokens of the loop: runs have their request's number, namespaces their index above
  /// `testNamespaces`.
  private enum Token {
    static let input: UInt64 = 1 << 62, testNamespaces: UInt64 = 1 << 61, frames: UInt64 = 1 << 60
  }

  private let job: SandboxJob
  private let input: CInt
  private let writer: EventWriter
  private let epoll: Epoll
  /// By the place of their sysctls in the script.
  private var testNamespaces: [Int: TestNamespace] = [:]
  private var runs: [Int: LiveRun] = [:]
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
    while !runs.isEmpty, !isOver {
      try doWhatIsDue()
      // What was due may have been the last end.
      guard !runs.isEmpty else { break }
      let due = runs.values.lazy.compactMap(\.due).min() ?? job.deadline
      try handleWhatComes(for: min(due, job.deadline) - KernelClock.monotonic.now)
    }
    for testNamespace in testNamespaces.values { try drain(testNamespace) }
    return !isAbandoned
  }

  private func handleWhatComes(for wait: Duration) throws(SystemCallError) {
    for ready in try epoll.wait(for: wait) { try handle(ready) }
  }

  /// Ends what is still under way.
  func leave() {
    runs = [:]
    if case .success(let side) = linkPeer { side.runs = [:] }
    for testNamespace in testNamespaces.values { testNamespace.leave() }
  }

  private var isOver: Bool { isAbandoned || KernelClock.monotonic.now >= job.deadline }

  /// Begins the experiments of one set of sysctls in a network namespace of their own.
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
      for request in experiments {
        try writer.send(.notRun(number: request.number, because: reason))
      }
      return
    }
    for (key, errno) in testNamespace.notCopied {
      try writer.send(.notCopied(settings: settings, key, errno: errno.name))
    }
    for request in experiments where !isOver {
      try begin(request, in: testNamespace)
      // Many take long to begin, and short ones end meanwhile.
      try doWhatIsDue()
      try handleWhatComes(for: .zero)
    }
  }

  private func testNamespace(_ settings: Int) throws(SystemCallError) -> TestNamespace {
    if job.isOnHost { return TestNamespace(onHost: ()) }
    // The first one came with the user namespace.
    if settings > 0 { try NetworkNamespace.enterNew() }
    let requests = job.experiments.filter { $0.settings == settings }
    let takesLink = requests.contains { $0.scenario.live.takesUnansweredLink }
    return try TestNamespace(
      with: job.settings[settings], usesV4: requests.contains { $0.family == .v4 },
      usesV6: requests.contains { $0.family == .v6 },
      linkPeer: takesLink ? try knownFarSide() : nil)
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

  private func begin(_ request: RunRequest, in testNamespace: TestNamespace) throws(SystemCallError)
  {
    if job.isOnHost,
      let reason = LoopbackFallback.objection(to: request, under: job.settings[request.settings])
    {
      return try writer.send(.notRun(number: request.number, because: reason))
    }
    do throws(SystemCallError) {
      let run = try LiveRun.begin(request, in: testNamespace)
      runs[request.number] = run
      testNamespace.runs[run.endpoints] = run
    } catch {
      try writer.send(.notRun(number: request.number, because: SandboxDenial(error).text))
    }
    if let run = runs[request.number] { try watch(run) }
    // Also of what failed: a tap that is not emptied loses packets.
    try drain(testNamespace)
  }

  private func watch(_ run: LiveRun) throws(SystemCallError) {
    let number = run.request.number
    var events: EpollEvents = run.isDecidedWhenWritable ? .output : []
    if run.request.box?.expiry == .close { events.insert(.peerClosed) }
    if let client = run.client {
      try epoll.add(client.descriptor, for: events, token: UInt64(number))
    }
    try tell(run.opening, of: run)
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
    } else if let run = runs[Int(ready.token)] {
      // What was on the wire before the end is told before it, and may have been the end.
      if let testNamespace = testNamespaces[run.request.settings] { try drain(testNamespace) }
      guard runs[run.request.number] === run else { return }
      try tell(run.end(ready.events, at: now), of: run)
    }
  }

  private func tell(_ reports: [SandboxEvent], of run: LiveRun) throws(SystemCallError) {
    for report in reports {
      try writer.send(report)
      guard report.isLast else { continue }
      runs[run.request.number] = nil
      return testNamespaces[run.request.settings]?.remove(run) ?? ()
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
      guard let (run, since) = side.runs[frame.target], time >= since else { continue }
      try tell(run.take(sent: frame, at: time), of: run)
    }
  }

  private func drain(_ tap: PacketTap?, of testNamespace: TestNamespace) throws(SystemCallError) {
    for sighting in try tap?.sightings() ?? [] {
      let endpoints = sighting.segment.endpoints
      if let run = testNamespace.runs[endpoints] {
        try act(for: run) { run throws(SystemCallError) in
          try run.take(sent: sighting)
        }
      } else if let run = testNamespace.runs[endpoints.reversed] {
        try act(for: run) { run throws(SystemCallError) in
          try run.take(answer: sighting)
        }
      }
    }
  }

  private func doWhatIsDue() throws(SystemCallError) {
    let now = KernelClock.monotonic.now
    for run in runs.values {
      guard let due = run.due, due <= now else { continue }
      // What was on the wire before an end that is looked for is told before it.
      if run.client == nil, let testNamespace = testNamespaces[run.request.settings] {
        try drain(testNamespace)
      }
      try act(for: run) { run throws(SystemCallError) in
        try run.doWhatIsDue(at: now)
      }
    }
  }

  /// Does something for a run, which what fails ends, and tells of it.
  private func act(
    for run: LiveRun, _ body: (LiveRun) throws(SystemCallError) -> [SandboxEvent]
  ) throws(SystemCallError) {
    var reports: [SandboxEvent]
    do throws(SystemCallError) {
      reports = try body(run)
    } catch {
      reports = [.notRun(number: run.request.number, because: "\(error)")]
    }
    try tell(reports, of: run)
  }

  /// Nothing comes after the job but the end of the pipe: the tool has gone.
  private func readInput() throws(SystemCallError) {
    let bytes = try DescriptorIO.readSome(input, "orders", atMost: 4096)
    guard bytes.isEmpty else {
      throw MalformedLine(String(decoding: bytes.prefix(80), as: UTF8.self)).asReadError
    }
    isAbandoned = true
  }
}
