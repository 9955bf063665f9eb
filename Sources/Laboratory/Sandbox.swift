import Linux

/// The tool's side of a sandbox: a child process and the two pipes to it.
struct Sandbox: ~Copyable {
  private enum Token { static let reports: UInt64 = 0, interrupt: UInt64 = 1 }

  private var child: ChildProcess
  private let orders, reports: Descriptor
  private let interrupt: InterruptSignal
  private let start: Duration
  /// When the child is no longer waited for.
  private var end: Duration
  private(set) var wasInterrupted = false
  private var hasClosed = false

  /// - Parameters: times on the monotonic clock.
  init(running arguments: [String], since start: Duration, until end: Duration)
    throws(SystemCallError)
  {
    // Before the child starts: it inherits the blocked SIGINT, so that a terminal's Ctrl-C reaches
    // the tool alone, which asks the child for what there is.
    let interrupt = try InterruptSignal()
    let orders = try Descriptor.pipe()
    let reports = try Descriptor.pipe()
    let child = try ChildProcess(
      running: arguments, input: orders.readEnd, output: reports.writeEnd)
    (self.start, self.end) = (start, end)
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
  mutating func listen(into record: inout Record, progress: ((Duration) -> Void)?)
    throws(SystemCallError)
  {
    let epoll = try Epoll()
    try epoll.add(reports, for: .input, token: Token.reports)
    try epoll.add(interrupt.descriptor, for: .input, token: Token.interrupt)
    var lines = Lines()
    while !record.isDone, !hasClosed {
      let now = Clock.monotonic.now
      guard now < end else { return }
      progress?(now - start)
      let wait = progress == nil ? end - now : min(end - now, .milliseconds(250))
      for ready in try epoll.wait(for: wait) {
        if ready.token == Token.interrupt {
          try stop()
        } else {
          try read(&lines, into: &record)
        }
      }
    }
  }

  private mutating func read(_ lines: inout Lines, into record: inout Record)
    throws(SystemCallError)
  {
    let bytes = try Transfer.readSome(reports.number, "the sandbox", atMost: 65_536)
    hasClosed = bytes.isEmpty
    do throws(MalformedLine) {
      for line in try lines.add(bytes) { try record.take(try Report(parsing: line)) }
    } catch {
      throw error.asReadError
    }
  }

  /// Asks for what there is; the sandbox has half a second to tell.
  private mutating func stop() throws(SystemCallError) {
    try interrupt.consume()
    wasInterrupted = true
    end = min(end, Clock.monotonic.now + .milliseconds(500))
    try send([.stop])
  }

  /// Why the sandbox did not tell everything.
  mutating func farewell() throws(SystemCallError) -> String {
    if hasClosed { return "the sandbox ended early, with status \(try child.wait())" }
    return "the sandbox did not answer in time"
  }
}
