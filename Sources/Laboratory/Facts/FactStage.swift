import Linux

/// Plays facts in the network namespace the process is in: one after the other, and those that wait
/// all at once.
final class FactStage {
  private let reporter: Reporter
  private let epoll: Epoll
  /// By the place of their facts.
  private var waiting: [UInt64: FactRun] = [:]

  init(reporter: Reporter) throws(SystemCallError) {
    self.reporter = reporter
    epoll = try Epoll()
  }

  func play(_ facts: [LiveFact], until deadline: Duration) throws(SystemCallError) {
    guard !facts.isEmpty else { return }
    try NetworkNamespace.bringUp("lo")
    let places = facts.indices
    // Those that wait go first: the others fill the time.
    for place in places.filter({ facts[$0].waits }) + places.filter({ !facts[$0].waits }) {
      try begin(facts[place], token: UInt64(place))
    }
    while !waiting.isEmpty, Clock.monotonic.now < deadline {
      for ready in try epoll.wait(for: deadline - Clock.monotonic.now) {
        guard let run = waiting.removeValue(forKey: ready.token) else { continue }
        try epoll.remove(run.scene.client().descriptor)
        try goOn(run, token: ready.token)
      }
    }
  }

  private func begin(_ fact: LiveFact, token: UInt64) throws(SystemCallError) {
    let run: FactRun
    do throws(SystemCallError) {
      run = try FactRun(fact)
    } catch {
      try reporter.send(.factNotPlayed(id: fact.id, because: "\(error)"))
      return
    }
    try goOn(run, token: token)
  }

  private func goOn(_ run: FactRun, token: UInt64) throws(SystemCallError) {
    var report = Report.fact(id: run.fact.id, seen: "")
    do throws(SystemCallError) {
      if let events = try run.go() {
        try epoll.add(run.scene.client().descriptor, for: events, token: token)
        waiting[token] = run
        return
      }
      report = .fact(id: run.fact.id, seen: run.seen)
    } catch {
      report = .factNotPlayed(id: run.fact.id, because: "\(error)")
    }
    try reporter.send(report)
  }
}

extension LiveFact {
  fileprivate var waits: Bool {
    steps.contains { if case .wait = $0.call { true } else { false } }
  }
}
