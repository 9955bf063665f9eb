import Linux
import NetAddress

/// The tool's side of a sandbox: a child process and the two pipes to it.
struct Sandbox: ~Copyable {
  /// How it began.
  enum Start: Hashable {
    /// It is where it is to run things, and waits for orders.
    case ready
    case refused(String)
    case ended(Ending)
  }

  /// Why the listening stopped.
  enum Ending: Hashable {
    case done
    case stopped(TerminationSignal)
    /// It did not say `done` in time.
    case late
    case died(status: CInt)
    /// It could not even be started.
    case refused(String)
  }

  /// How long a child may take to clean up that is not wanted any more.
  static let farewell = Duration.milliseconds(40)

  /// How long a child may take to begin.
  private static let patience = Duration.seconds(10)

  private enum Token { static let reports: UInt64 = 0, signals: UInt64 = 1, commands: UInt64 = 2 }

  /// When it last said something, on the monotonic clock.
  private(set) var lastHeard = KernelClock.monotonic.now
  private var child: ChildProcess
  /// nil once it is closed, which tells the child to end.
  private var commands: Descriptor?
  /// What is still to be written there.
  private var unsent: ArraySlice<UInt8> = []
  private var lines = LineBuffer()
  private let reports: Descriptor
  private let epoll: Epoll

  /// Starts the child.
  init(running arguments: [String]) throws(SystemCallError) {
    // The child inherits the blocked signals, so that a terminal's Ctrl-C reaches the tool alone, and
    // what the child has reported is kept.
    let signals = try TerminationSignals()
    let commands = try Descriptor.pipe()
    let reports = try Descriptor.pipe()
    let epoll = try Epoll()
    try commands.writeEnd.neverBlock()
    try epoll.add(reports.readEnd, for: .input, token: Token.reports)
    let child = try ChildProcess(
      running: arguments, input: commands.readEnd, output: reports.writeEnd)
    _ = consume signals
    self.epoll = epoll
    self.child = child
    self.commands = commands.takeWriteEnd()
    self.reports = reports.takeReadEnd()
  }

  /// Waits until it has entered its namespaces, or cannot.
  mutating func start() throws(SystemCallError) -> Start {
    let end = KernelClock.monotonic.now + Self.patience
    while try reports.waitUntilReadable(for: end - KernelClock.monotonic.now) {
      guard let events = try read() else { return .ended(.died(status: try child.wait())) }
      for event in events {
        switch event {
        case .ready: return .ready
        case .refused(let reason): return .refused(reason)
        default: throw MalformedLine(event.line).asReadError
        }
      }
    }
    return .ended(.late)
  }

  /// Gives it a job, which goes to it while it is listened to.
  mutating func order(_ job: SandboxJob) throws(SystemCallError) {
    unsent += job.commands.map { $0.line + "\n" }.joined().utf8
    guard let number = commands?.number else { return }
    try epoll.add(number: number, for: .output, token: Token.commands)
  }

  /// Takes reports until the sandbox is done, has gone, or its time is over.
  /// - Parameters: times on the monotonic clock.
  mutating func listen(
    into recorder: inout ObservationRecorder, since start: Duration, until end: Duration,
    progress: ((Duration) -> Void)?
  ) throws(SystemCallError) -> Ending {
    let signals = try TerminationSignals()
    try epoll.add(signals.descriptor, for: .input, token: Token.signals)
    while true {
      let now = KernelClock.monotonic.now
      guard now < end else { return .late }
      progress?(now - start)
      let wait = progress == nil ? end - now : min(end - now, .milliseconds(250))
      let ready = try epoll.wait(for: wait).map(\.token)
      if ready.contains(Token.commands) { try sendOrders() }
      if ready.contains(Token.reports) {
        guard let events = try read() else { return .died(status: try child.wait()) }
        do throws(MalformedLine) {
          for event in events { try recorder.take(event) }
        } catch {
          throw error.asReadError
        }
      }
      if recorder.isDone { return .done }
      if ready.contains(Token.signals), let signal = try signals.consume() {
        return .stopped(signal)
      }
    }
  }

  /// Writes what the pipe has room for: a child that does not read must not keep the tool.
  private mutating func sendOrders() throws(SystemCallError) {
    guard let number = commands?.number else { return }
    let written = try DescriptorIO.writeSome(&unsent, to: number, "the sandbox")
    // A child that has gone shows by the end of its reports.
    if unsent.isEmpty || written == .readerGone { try epoll.remove(number: number) }
  }

  /// - Returns: nil when the sandbox has closed its end.
  private mutating func read() throws(SystemCallError) -> [SandboxEvent]? {
    let bytes = try DescriptorIO.readSome(reports.number, "the sandbox", atMost: 65_536)
    guard !bytes.isEmpty else { return nil }
    lastHeard = KernelClock.monotonic.now
    do throws(MalformedLine) {
      return try lines.add(bytes).map { line throws(MalformedLine) in
        try SandboxEvent(parsing: line)
      }
    } catch {
      throw error.asReadError
    }
  }

  /// Tells the child to end and gives it a moment to clean up; after that it is killed.
  mutating func dismiss() throws(SystemCallError) {
    commands = nil
    child.resume()
    let end = KernelClock.monotonic.now + Self.farewell
    while KernelClock.monotonic.now < end {
      guard try reports.waitUntilReadable(for: end - KernelClock.monotonic.now) else { return }
      if try DescriptorIO.readSome(reports.number, "the sandbox", atMost: 65_536).isEmpty { return }
    }
  }
}
