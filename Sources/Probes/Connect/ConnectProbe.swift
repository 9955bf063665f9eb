package import Linux
import TCPModel

/// Connects to many at once: one thread, one epoll, sockets that never block.
///
/// What has ended is drained before anything new begins, so that times are the network's and not
/// those of a queue here.
package final class ConnectProbe {
  private let settings: ConnectSettings
  private let source: any ConnectSource
  private let epoll: Epoll
  private var underWay = AttemptsUnderWay()
  private var pace: Pace
  /// Destinations to be tried again, and when; one after the other.
  private var again: [(due: Duration, destination: any Destination)] = []
  /// As many as this process has had descriptors for.
  private var room: Int
  private var ready: [Epoll.Ready] = []
  private var isStopped = false
  /// Beginnings since others' descriptors were looked at, which wait when attempts end at once.
  private var glances = 0

  /// Tokens of watched descriptors lie above those of slots.
  private static let watched: UInt64 = 1 << 32
  /// Before what failed on this host is tried again; doubled each time.
  private static let patience = Duration.milliseconds(100)

  package init(_ settings: ConnectSettings, to source: any ConnectSource) throws(SystemCallError) {
    (self.settings, self.source) = (settings, source)
    epoll = try Epoll()
    pace = Pace(rate: settings.rate)
    room = max(1, settings.concurrency)
  }

  /// Watches a descriptor that somebody else owns; closing it ends that.
  package func watch(_ number: CInt) throws(SystemCallError) {
    try epoll.add(number: number, for: .input, token: Self.watched + UInt64(number))
  }

  /// Attempts under way.
  package var count: Int { underWay.count }

  /// Ends the run after what is being dealt with; attempts under way are undecided.
  package func stop() { isStopped = true }

  /// Drops attempts without telling anybody.
  package func cancel(where isWanted: (any Destination) -> Bool) {
    for slot in underWay.slots(where: isWanted) { underWay.remove(slot) }
    again.removeAll { isWanted($0.destination) }
  }

  /// Connects to everything the source has.
  package func run() throws(SystemCallError) {
    var next: Duration? = .zero
    while !isStopped {
      try wait(until: next)
      try giveUp()
      switch try begin() {
      case .connect: next = .zero
      case .later(let time): next = time
      case .finished where underWay.count == 0: return
      case .finished: next = nil
      }
    }
    let now = Clock.monotonic.now
    for slot in underWay.slots(where: { _ in true }) {
      if let attempt = underWay[slot] { try end(attempt, at: slot, attempt.undecided(at: now)) }
    }
  }

  /// Waits until something has ended or can begin, and takes everything that has ended.
  private func wait(until time: Duration?) throws(SystemCallError) {
    if time == .zero, underWay.count == 0, glances % 32 != 0 {
      glances += 1
      return
    }
    glances = 1
    var limit = time
    if let oldest = underWay.oldest, limit != .zero {
      let deadline = oldest.start + settings.deadline
      limit = min(limit ?? deadline, deadline)
    }
    try epoll.wait(for: limit.map { $0 == .zero ? .zero : $0 - Clock.monotonic.now }, into: &ready)
    try take()
    while ready.count == 64, !isStopped {
      try epoll.wait(for: .zero, into: &ready)
      try take()
    }
  }

  private func take() throws(SystemCallError) {
    if ready.isEmpty { return }
    let now = Clock.monotonic.now
    for event in ready where !isStopped {
      if event.token >= Self.watched {
        try source.readable(CInt(event.token - Self.watched), in: self)
      } else if let attempt = underWay[Int(event.token)],
        let result = try attempt.result(event.events, at: now)
      {
        try end(attempt, at: Int(event.token), result)
      }
    }
  }

  private func end(_ attempt: ConnectAttempt, at slot: Int, _ result: ConnectResult)
    throws(SystemCallError)
  {
    underWay.remove(slot)
    if settings.resets, result.outcome.kind == .open { try attempt.socket.dropOnClose() }
    try source.ended(attempt.destination, result, in: self)
  }

  /// Ends what our deadline has come for.
  private func giveUp() throws(SystemCallError) {
    guard underWay.count > 0 else { return }
    let now = Clock.monotonic.now
    while !isStopped, let oldest = underWay.oldest, oldest.start + settings.deadline <= now {
      try end(oldest, at: underWay.oldestSlot, oldest.undecided(at: now))
    }
  }

  /// Begins one attempt; a second one begun before what has ended is looked at would add to times.
  /// - Returns: what was begun, or when to go on if nothing ends before.
  private func begin() throws(SystemCallError) -> NextDestination {
    guard underWay.count < room, !isStopped else { return .later(at: nil) }
    let now = Clock.monotonic.now
    guard pace.due <= now else { return .later(at: pace.due) }
    let next = try nextDestination(at: now)
    guard case .connect(let destination) = next else { return next }
    pace.begin(at: now)
    try connect(to: destination)
    return next
  }

  private func nextDestination(at now: Duration) throws(SystemCallError) -> NextDestination {
    guard let first = again.first else { return try source.next(at: now, in: self) }
    if first.due <= now { return .connect(again.removeFirst().destination) }
    switch try source.next(at: now, in: self) {
    case .connect(let destination): return .connect(destination)
    case .later(let time): return .later(at: min(time ?? first.due, first.due))
    case .finished: return .later(at: first.due)
    }
  }

  private func connect(to destination: any Destination) throws(SystemCallError) {
    do throws(SystemCallError) {
      try start(destination)
    } catch {
      try failed(destination, error)
    }
  }

  /// - Throws: what failed on this host.
  private func start(_ destination: any Destination) throws(SystemCallError) {
    let socket = try settings.socket(for: destination.address)
    let start = Clock.monotonic.now
    let attempt = ConnectAttempt(destination, socket, start: start)
    switch attempt.socket.begin(connectingTo: destination.address) {
    case .underWay:
      if let result = try attempt.resultSoFar() { return try end(attempt, at: -1, result) }
      let slot = underWay.add(attempt)
      try epoll.add(attempt.socket, for: .output, token: UInt64(slot))
    case .ended(let code):
      try end(attempt, at: -1, attempt.result(ofConnect: code))
    case .failed(let code):
      throw SystemCallError(call: "connect", subject: "\(destination.address)", code: code)
    }
  }

  /// Tries again what may be better when others have ended, else tells the source.
  private func failed(_ destination: any Destination, _ error: SystemCallError)
    throws(SystemCallError)
  {
    let now = Clock.monotonic.now
    if error.code.isShortageOfDescriptors, underWay.count > 0 {
      // No failure of this destination's: from now on as many as there are descriptors for.
      room = underWay.count
      again.insert((due: now, destination), at: 0)
    } else if error.mayPass, destination.failures < settings.retries {
      destination.failures += 1
      let due = now + Self.patience * (1 << min(destination.failures - 1, 6))
      let place = again.firstIndex { $0.due > due } ?? again.count
      again.insert((due, destination), at: place)
    } else {
      let outcome = ConnectOutcome.localError(call: error.call, errno: error.code.name)
      try source.ended(destination, ConnectResult(outcome, after: .zero), in: self)
    }
  }
}
