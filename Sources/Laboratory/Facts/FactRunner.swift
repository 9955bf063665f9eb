import Linux
import NetAddress

/// Runs facts in the network namespace the process is in: one after the other, and those that wait
/// all at once.
final class FactRunner {
  private let writer: EventWriter
  private let epoll: Epoll
  /// By the place of their facts.
  private var waiting: [UInt64: FactRun] = [:]

  /// Of the pipe that orders come through; facts have their places.
  private static let inputToken = UInt64.max

  init(input: CInt, writer: EventWriter) throws(SystemCallError) {
    self.writer = writer
    epoll = try Epoll()
    try epoll.add(number: input, for: .input, token: Self.inputToken)
  }

  /// - Returns: false when the tool has gone meanwhile.
  func run(_ facts: [(id: String, steps: String)], until deadline: Duration)
    throws(SystemCallError) -> Bool
  {
    defer { leave() }
    try NetworkNamespace.bringUp("lo")
    // Those that wait go first: the others fill the time.
    for goesFirst in [true, false] {
      for (index, fact) in facts.enumerated() where fact.steps.waits == goesFirst {
        try begin(fact.id, fact.steps, token: UInt64(index))
      }
    }
    while !waiting.isEmpty, KernelClock.monotonic.now < deadline {
      for ready in try epoll.wait(for: deadline - KernelClock.monotonic.now) {
        // Nothing comes after `run` but the end of the pipe.
        if ready.token == Self.inputToken { return false }
        guard let run = waiting.removeValue(forKey: ready.token) else { continue }
        try epoll.remove(number: run.scene.client().descriptor.number)
        try goOn(run, token: ready.token)
      }
    }
    return true
  }

  /// Closes what is still open; facts close sockets as programs do, and leave orphans.
  private func leave() {
    waiting = [:]
    OrphanCleanup.end()
  }

  private func begin(_ id: String, _ steps: String, token: UInt64) throws(SystemCallError) {
    let run: FactRun
    do throws(SystemCallError) {
      run = try FactRun(id, steps)
    } catch {
      try writer.send(.factNotRun(id: id, because: "\(error)"))
      return
    }
    try goOn(run, token: token)
  }

  private func goOn(_ run: FactRun, token: UInt64) throws(SystemCallError) {
    let report: SandboxEvent
    do throws(SystemCallError) {
      if let events = try run.go() {
        try epoll.add(run.scene.client().descriptor, for: events, token: token)
        waiting[token] = run
        return
      }
      report = .fact(id: run.id, seen: run.seen)
    } catch {
      report = .factNotRun(id: run.id, because: "\(error)")
    }
    try writer.send(report)
  }
}

extension String {
  /// Whether there is a `wait` among the steps.
  fileprivate var waits: Bool {
    split(separator: ",").contains { $0.drop { $0 == " " }.prefix(4) == "wait" }
  }
}
