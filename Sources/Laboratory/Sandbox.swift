import Linux

/// The tool's side of a sandbox: a child process and the two pipes to it.
struct Sandbox: ~Copyable {
  /// Why the listening stopped.
  enum Ending: Hashable {
    case done
    case stopped(StopSignal)
    /// It did not say `done` in time.
    case late
    case died(status: CInt)
    /// It could not even be started.
    case refused(String)
  }

  /// How long a child may take to clean up that is not wanted any more.
  static let farewell = Duration.milliseconds(40)

  private enum Token { static let reports: UInt64 = 0, signals: UInt64 = 1, orders: UInt64 = 2 }

  /// When it last said something, on the monotonic clock.
  private(set) var lastHeard = Clock.monotonic.now
  private var child: ChildProcess
  /// nil once it is closed, which tells the child to end.
  private var orders: Descriptor?
  /// What is still to be written there.
  private var unsent: ArraySlice<UInt8>
  private let reports: Descriptor
  private let signals: StopSignals
  private let epoll: Epoll

  /// Starts the child; what it is to play goes to it while it is listened to.
  init(running arguments: [String], playing script: Script) throws(SystemCallError) {
    // Before the child starts: it inherits the blocked signals, so that a terminal's Ctrl-C reaches
    // the tool alone, and what the child has reported is kept.
    let signals = try StopSignals()
    let orders = try Descriptor.pipe()
    let reports = try Descriptor.pipe()
    let epoll = try Epoll()
    try orders.writeEnd.neverBlock()
    try epoll.add(reports.readEnd, for: .input, token: Token.reports)
    try epoll.add(orders.writeEnd, for: .output, token: Token.orders)
    try epoll.add(signals.descriptor, for: .input, token: Token.signals)
    let child = try ChildProcess(
      running: arguments, input: orders.readEnd, output: reports.writeEnd)
    self.signals = signals
    self.epoll = epoll
    self.child = child
    self.orders = orders.takeWriteEnd()
    self.reports = reports.takeReadEnd()
    unsent = Array(script.orders.map { $0.line + "\n" }.joined().utf8)[...]
  }

  /// Takes reports until the sandbox is done, has gone, or its time is over.
  /// - Parameters: times on the monotonic clock.
  mutating func listen(
    into record: inout Record, since start: Duration, until end: Duration,
    progress: ((Duration) -> Void)?
  ) throws(SystemCallError) -> Ending {
    var lines = Lines()
    while true {
      let now = Clock.monotonic.now
      guard now < end else { return .late }
      progress?(now - start)
      let wait = progress == nil ? end - now : min(end - now, .milliseconds(250))
      let ready = try epoll.wait(for: wait).map(\.token)
      if ready.contains(Token.orders) { try sendOrders() }
      if ready.contains(Token.reports), try !read(&lines, into: &record) {
        return .died(status: try child.wait())
      }
      if record.isDone { return .done }
      if ready.contains(Token.signals), let signal = try signals.consume() {
        return .stopped(signal)
      }
    }
  }

  /// Writes what the pipe has room for: a child that does not read must not keep the tool.
  private mutating func sendOrders() throws(SystemCallError) {
    guard let number = orders?.number else { return }
    let written = try Transfer.writeSome(&unsent, to: number, "the sandbox")
    // A child that has gone shows by the end of its reports.
    if unsent.isEmpty || written == .readerGone { try epoll.remove(number: number) }
  }

  /// - Returns: false when the sandbox has closed its end.
  private mutating func read(_ lines: inout Lines, into record: inout Record)
    throws(SystemCallError) -> Bool
  {
    let bytes = try Transfer.readSome(reports.number, "the sandbox", atMost: 65_536)
    guard !bytes.isEmpty else { return false }
    lastHeard = Clock.monotonic.now
    do throws(MalformedLine) {
      for line in try lines.add(bytes) { try record.take(try Report(parsing: line)) }
    } catch {
      throw error.asReadError
    }
    return true
  }

  /// Tells the child to end and gives it a moment to clean up; after that it is killed.
  mutating func dismiss() throws(SystemCallError) {
    orders = nil
    child.resume()
    let end = Clock.monotonic.now + Self.farewell
    while Clock.monotonic.now < end {
      guard try reports.waitUntilReadable(for: end - Clock.monotonic.now) else { return }
      if try Transfer.readSome(reports.number, "the sandbox", atMost: 65_536).isEmpty { return }
    }
  }
}
