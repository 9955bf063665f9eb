import Linux
import NetAddress

/// The tool's side of a sandbox: a child process and the two pipes to it.
struct Sandbox: ~Copyable {
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

  private enum Token { static let reports: UInt64 = 0, signals: UInt64 = 1, commands: UInt64 = 2 }

  /// When it last said something, on the monotonic clock.
  private(set) var lastHeard = KernelClock.monotonic.now
  private var child: ChildProcess
  /// nil once it is closed, which tells the child to end.
  private var commands: Descriptor?
  /// What is still to be written there.
  private var unsent: ArraySlice<UInt8>
  private let reports: Descriptor
  private let signals: TerminationSignals
  private let epoll: Epoll

  /// Starts the child; what it is to run goes to it while it is listened to.
  init(running arguments: [String], for job: SandboxJob) throws(SystemCallError) {
    // Before the child starts: it inherits the blocked signals, so that a terminal's Ctrl-C reaches
    // the tool alone, and what the child has reported is kept.
    let signals = try TerminationSignals()
    let commands = try Descriptor.pipe()
    let reports = try Descriptor.pipe()
    let epoll = try Epoll()
    try commands.writeEnd.neverBlock()
    try epoll.add(reports.readEnd, for: .input, token: Token.reports)
    try epoll.add(commands.writeEnd, for: .output, token: Token.commands)
    try epoll.add(signals.descriptor, for: .input, token: Token.signals)
    let child = try ChildProcess(
      running: arguments, input: commands.readEnd, output: reports.writeEnd)
    self.signals = signals
    self.epoll = epoll
    self.child = child
    self.commands = commands.takeWriteEnd()
    self.reports = reports.takeReadEnd()
    unsent = Array(job.commands.map { $0.line + "\n" }.joined().utf8)[...]
  }

  /// Takes reports until the sandbox is done, has gone, or its time is over.
  /// - Parameters: times on the monotonic clock.
  mutating func listen(
    into recorder: inout ObservationRecorder, since start: Duration, until end: Duration,
    progress: ((Duration) -> Void)?
  ) throws(SystemCallError) -> Ending {
    var lines = LineBuffer()
    while true {
      let now = KernelClock.monotonic.now
      guard now < end else { return .late }
      progress?(now - start)
      let wait = progress == nil ? end - now : min(end - now, .milliseconds(250))
      let ready = try epoll.wait(for: wait).map(\.token)
      if ready.contains(Token.commands) { try sendOrders() }
      if ready.contains(Token.reports), try !read(&lines, into: &recorder) {
        return .died(status: try child.wait())
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

  /// - Returns: false when the sandbox has closed its end.
  private mutating func read(_ lines: inout LineBuffer, into recorder: inout ObservationRecorder)
    throws(SystemCallError) -> Bool
  {
    let bytes = try DescriptorIO.readSome(reports.number, "the sandbox", atMost: 65_536)
    guard !bytes.isEmpty else { return false }
    lastHeard = KernelClock.monotonic.now
    do throws(MalformedLine) {
      for line in try lines.add(bytes) { try recorder.take(try SandboxEvent(parsing: line)) }
    } catch {
      throw error.asReadError
    }
    return true
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
