import Linux

/// The tool's side of a sandbox: a child process and the two pipes to it.
struct Sandbox: ~Copyable {
  /// Why the listening stopped.
  enum Ending: Hashable {
    case done, interrupted
    /// It did not say `done` in time.
    case late
    case died(status: CInt)
  }

  private enum Token { static let reports: UInt64 = 0, interrupt: UInt64 = 1 }

  private var child: ChildProcess
  private let orders, reports: Descriptor
  private let interrupt: InterruptSignal

  init(running arguments: [String]) throws(SystemCallError) {
    // Before the child starts: it inherits the blocked SIGINT, so that a terminal's Ctrl-C reaches
    // the tool alone, and what the child has reported is kept.
    let interrupt = try InterruptSignal()
    let orders = try Descriptor.pipe()
    let reports = try Descriptor.pipe()
    let child = try ChildProcess(
      running: arguments, input: orders.readEnd, output: reports.writeEnd)
    self.interrupt = interrupt
    self.child = child
    self.orders = orders.takeWriteEnd()
    self.reports = reports.takeReadEnd()
  }

  func send(_ orders: [Order]) throws(SystemCallError) {
    let text = orders.map { $0.line + "\n" }.joined()
    try Transfer.writeAll(text.utf8, to: self.orders.number, "the sandbox")
  }

  /// Takes reports until the sandbox is done, has gone, or its time is over.
  /// - Parameters: times on the monotonic clock.
  mutating func listen(
    into record: inout Record, since start: Duration, until end: Duration,
    progress: ((Duration) -> Void)?
  ) throws(SystemCallError) -> Ending {
    let epoll = try Epoll()
    try epoll.add(reports, for: .input, token: Token.reports)
    try epoll.add(interrupt.descriptor, for: .input, token: Token.interrupt)
    var lines = Lines()
    while true {
      let now = Clock.monotonic.now
      guard now < end else { return .late }
      progress?(now - start)
      let wait = progress == nil ? end - now : min(end - now, .milliseconds(250))
      let ready = try epoll.wait(for: wait).map(\.token)
      if ready.contains(Token.reports), try !read(&lines, into: &record) {
        return .died(status: try child.wait())
      }
      if record.isDone { return .done }
      if ready.contains(Token.interrupt) {
        try interrupt.consume()
        return .interrupted
      }
    }
  }

  /// - Returns: false when the sandbox has closed its end.
  private func read(_ lines: inout Lines, into record: inout Record) throws(SystemCallError)
    -> Bool
  {
    let bytes = try Transfer.readSome(reports.number, "the sandbox", atMost: 65_536)
    do throws(MalformedLine) {
      for line in try lines.add(bytes) { try record.take(try Report(parsing: line)) }
    } catch {
      throw error.asReadError
    }
    return !bytes.isEmpty
  }
}
