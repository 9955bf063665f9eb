package import Linux
import NetAddress
import Observations
import TCPModel

/// Connects to many at once: one thread, one epoll, sockets that never block.
///
/// What has ended is drained before anything new begins, so that times are the network's and not
/// those of a queue here.
package final class ConnectEngine {
  private let settings: ConnectSettings
  private let source: any ConnectWorkload
  private let epoll: Epoll
  private let nextHops = NextHops()
  private var underWay = InFlightAttempts()
  private var pace: RateLimiter
  /// Destinations to be tried again, when, and why; one after the other.
  private var again: [(due: Duration, destination: any Destination, because: SystemCallError)] = []
  /// As many as may be under way at once: after a shortage, as many as there were descriptors for.
  private var room: Int
  /// When a shortage is taken to be over.
  private var shortageEnd = Duration.zero
  private var ready: [Epoll.Ready] = []
  /// When the last look at what is ready was over.
  private var looked = KernelClock.monotonic.now
  private var isStopped = false

  /// Tokens of watched descriptors lie above those of slots.
  private static let watched: UInt64 = 1 << 32
  /// Before what failed on this host is tried again; doubled each time.
  private static let patience = Duration.milliseconds(100)
  /// Before more descriptors are asked for again.
  private static let shortage = Duration.seconds(1)

  package init(_ settings: ConnectSettings, to source: any ConnectWorkload) throws(SystemCallError)
  {
    (self.settings, self.source) = (settings, source)
    epoll = try Epoll()
    pace = RateLimiter(rate: settings.rate)
    room = max(1, settings.concurrency)
  }

  /// Watches a descriptor that somebody else owns.
  package func watch(_ number: CInt) throws(SystemCallError) {
    try epoll.add(number: number, for: .input, token: Self.watched + UInt64(number))
  }

  /// To be called before it is closed: a child that has just been started may still have it open, and
  /// events would come on.
  package func unwatch(_ number: CInt) throws(SystemCallError) {
    try epoll.remove(number: number)
  }

  /// Attempts under way.
  package var count: Int { underWay.count }

  /// Ends the run after what is being dealt with; attempts under way are undecided, and interrupted.
  package func stop() { isStopped = true }

  /// Drops an attempt without telling anybody.
  package func cancel(_ destination: any Destination) {
    if let slot = destination.slot {
      destination.slot = nil
      underWay.remove(slot)
    } else {
      again.removeAll { $0.destination === destination }
    }
  }

  /// Connects to everything the source has.
  package func run() throws(SystemCallError) {
    var next: Duration? = .zero
    while !isStopped {
      try giveUp(before: try wait(until: next))
      try source.prepare(in: self)
      switch try begin() {
      case .connect: next = .zero
      case .later(let time): next = time
      case .finished where underWay.count == 0: return
      case .finished: next = nil
      }
    }
    try breakOff()
  }

  /// Tells what there is to tell of what has not ended.
  private func breakOff() throws(SystemCallError) {
    let now = KernelClock.monotonic.now
    for slot in underWay.all {
      guard let attempt = underWay[slot] else { continue }
      var result = attempt.undecided(at: now)
      result.isInterrupted = true
      try end(attempt, at: slot, result)
    }
    for (_, destination, error) in again {
      try source.ended(destination, Self.result(of: error), in: self)
    }
    again = []
  }

  /// Waits until something has ended or can begin, and takes everything that has ended.
  /// - Returns: a time on the monotonic clock before which nothing has ended that was not taken.
  private func wait(until time: Duration?) throws(SystemCallError) -> Duration {
    var limit = time
    if let oldest = underWay.oldest, limit != .zero {
      let deadline = oldest.start + settings.deadline
      limit = min(limit ?? deadline, deadline)
    }
    var begin = try look(for: limit)
    while ready.count == 64, !isStopped { begin = try look(for: .zero) }
    return begin
  }

  /// Takes what has ended, waiting for it until some time.
  /// - Returns: when it began to look.
  private func look(for limit: Duration?) throws(SystemCallError) -> Duration {
    let begin = KernelClock.monotonic.now
    let wasCutShort = try epoll.wait(
      for: limit.map { $0 == .zero ? .zero : $0 - begin }, into: &ready)
    if ready.isEmpty {
      looked = wasCutShort || limit == .zero ? begin : KernelClock.monotonic.now
    } else {
      let (now, before) = (KernelClock.monotonic.now, looked)
      looked = now
      // What was waited for came just now; else it may have been there since the last look.
      try take(at: now, unseenSince: now - begin > .milliseconds(1) ? now : before)
    }
    return begin
  }

  private func take(at now: Duration, unseenSince: Duration) throws(SystemCallError) {
    for event in ready {
      if event.token >= Self.watched {
        try source.readable(CInt(event.token - Self.watched), in: self)
      } else if let attempt = underWay[Int(event.token)],
        let result = try attempt.result(event.events, at: now, unseenSince: unseenSince)
      {
        try end(attempt, at: Int(event.token), result)
      }
    }
  }

  private func end(_ attempt: ConnectAttempt, at slot: Int, _ result: ConnectResult)
    throws(SystemCallError)
  {
    var result = result
    if result.mayBeOfNeighbour { result.nextHop = nextHops.hop(of: attempt) }
    attempt.destination.slot = nil
    // A refused or reset socket is as good as new, and cheaper.
    switch result.outcome {
    case .open where settings.resets:
      try attempt.socket.disconnect()
      underWay.retire(slot)
    case .refused: underWay.retire(slot)
    default: underWay.remove(slot)
    }
    try source.ended(attempt.destination, result, in: self)
  }

  /// Ends what our deadline has come for; not what may have ended since somebody looked, however
  /// late that was.
  private func giveUp(before looked: Duration) throws(SystemCallError) {
    while !isStopped, let oldest = underWay.oldest, oldest.start + settings.deadline <= looked {
      try end(oldest, at: underWay.oldestSlot, oldest.undecided(at: looked))
    }
  }

  /// Begins one attempt; a second one begun before what has ended is looked at would add to times.
  /// - Returns: what was begun, or when to go on if nothing ends before.
  private func begin() throws(SystemCallError) -> NextDestination {
    guard underWay.count < room, !isStopped else { return .later(at: nil) }
    let now = KernelClock.monotonic.now
    if room < settings.concurrency, shortageEnd <= now { room = settings.concurrency }
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
    if let slot = underWay.addSpent(fitting: destination), let attempt = underWay[slot] {
      destination.slot = slot
      return try begun(attempt, at: slot, attempt.begin(to: destination))
    }
    let socket = try settings.socket(destination.address.family, destination.options)
    let attempt = ConnectAttempt(destination, socket)
    let beginning = attempt.begin()
    let slot = underWay.add(attempt)
    destination.slot = slot
    do throws(SystemCallError) {
      // A socket that has ended and is kept says so once.
      try epoll.add(attempt.socket, for: [.output, .edgeTriggered], token: UInt64(slot))
    } catch {
      destination.slot = nil
      underWay.remove(slot)
      throw error
    }
    try begun(attempt, at: slot, beginning)
  }

  /// Takes what `connect` has made of an attempt.
  private func begun(_ attempt: ConnectAttempt, at slot: Int, _ start: ConnectStart)
    throws(SystemCallError)
  {
    switch start {
    case .inProgress: break
    case .ended(let code): try end(attempt, at: slot, attempt.result(ofConnect: code))
    case .failed(let code):
      attempt.destination.slot = nil
      underWay.remove(slot)
      let subject = "\(attempt.destination.address)"
      throw SystemCallError(call: "connect", subject: subject, code: code)
    }
  }

  /// Tries again what may be better when others have ended, else tells the source.
  private func failed(_ destination: any Destination, _ error: SystemCallError)
    throws(SystemCallError)
  {
    let now = KernelClock.monotonic.now
    if error.code == .tooManyOpenFiles, underWay.closeSpent() {
      again.insert((due: now, destination, error), at: 0)
    } else if error.code == .tooManyOpenFiles, underWay.count > 0 {
      // No failure of this destination's: for a while as many as there are descriptors for.
      (room, shortageEnd) = (underWay.count, now + Self.shortage)
      again.insert((due: now, destination, error), at: 0)
    } else if error.mayPass, destination.failures < settings.retries {
      destination.failures += 1
      let due = now + Self.patience * (1 << min(destination.failures - 1, 6))
      let index = again.firstIndex { $0.due > due } ?? again.count
      again.insert((due, destination, error), at: index)
    } else {
      try source.ended(destination, Self.result(of: error), in: self)
    }
  }

  private static func result(of error: SystemCallError) -> ConnectResult {
    ConnectResult(ConnectOutcome(error), after: .zero)
  }
}
